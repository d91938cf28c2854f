"""The settings files of the applications: readable fonts, no blinking cursor, no banners."""

from __future__ import annotations

from pathlib import Path

from scenarios.driver.spec import Persona

_MOUSEPAD = """[org/xfce/mousepad/preferences/view]
font-name='DejaVu Sans Mono 13'
use-default-monospace-font=false
word-wrap=true
show-line-numbers=true
[org/xfce/mousepad/preferences/window]
path-in-title=false
remember-size=false
[org/xfce/mousepad/preferences/file]
add-last-end-of-line=true
[org/gnome/desktop/interface]
cursor-blink=false
"""
# Hides Mousepad's banner for root (a container); no effect for an ordinary user.
_GTK_CSS = "widget > label { font-size: 1px; min-height: 0; padding: 0; color: transparent; background: none; }\n"
_GTK = "[Settings]\ngtk-cursor-blink=0\n"
_VIM = """set nocompatible noswapfile noruler noshowcmd background=dark viminfo=
set autoindent expandtab shiftwidth=4 title titlestring=%t\\ -\\ VIM
let &t_ts = "\\e]2;"
let &t_fs = "\\007"
syntax on
"""
_TMUX = """set -g status off
set -g set-titles on
set -g set-titles-string '#{pane_title}'
set -g default-command 'bash --rcfile ~/.bashrc -i'
set -sg escape-time 0
set -g default-terminal 'screen-256color'
"""
_DUNST = """[global]
font = DejaVu Sans 12
origin = top-right
offset = 20x20
width = 420
height = 160
timeout = 6
icon_position = off
frame_color = "#888888"
[urgency_normal]
background = "#222222"
foreground = "#ffffff"
"""
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={socket}</listen><servicedir>{services}</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>
"""


def write_settings(home: Path, folder: Path, persona: Persona) -> None:
    """Write every settings file below the home, and tmux's and dunst's below the session's folder."""
    prompt = f"{persona.login}@{persona.host}"
    bashrc = (
        f"PS1='\\[\\e]2;{prompt}: \\w\\a\\]{prompt}:\\w$ '\n"
        "HISTFILE=~/.bash_history\nHISTTIMEFORMAT='%s '\nPROMPT_COMMAND='history -a'\nalias python=python3\n"
    )
    files = {
        home / ".config/glib-2.0/settings/keyfile": _MOUSEPAD,
        home / ".config/gtk-3.0/gtk.css": _GTK_CSS,
        home / ".config/gtk-3.0/settings.ini": _GTK,
        home / ".vimrc": _VIM,
        home / ".bashrc": bashrc,
        folder / "tmux.conf": _TMUX,
        folder / "dunstrc": _DUNST,
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def write_bus_settings(folder: Path, services: Path) -> Path:
    """Write the configuration of a session bus that can start only what lies in `services`."""
    path = folder / "bus.conf"
    path.write_text(_BUS.format(socket=folder / "run/bus", services=services), encoding="utf-8")
    return path
