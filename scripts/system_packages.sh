#!/usr/bin/env bash
# Installs the system packages that the tests use: a virtual screen with real applications.
set -euo pipefail
needed=(xvfb openbox dbus at-spi2-core xdotool wmctrl x11-utils x11-xserver-utils xclip hsetroot tmux git
        xterm mousepad evince chromium dunst libnotify-bin i3lock fonts-dejavu fonts-liberation gcc g++)
command -v dpkg-query >/dev/null || { echo "Not a Debian-like system: install ${needed[*]} by hand, then run this again with SKIP_SYSTEM_PACKAGES=1."; [ -n "${SKIP_SYSTEM_PACKAGES:-}" ]; exit; }
missing=()
for package in "${needed[@]}"; do
    dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0
echo "Installing for the tests: ${missing[*]}"
sudo=$([ "$(id -u)" = 0 ] || echo sudo)
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
$sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
