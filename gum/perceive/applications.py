"""Which applications are browsers, editors, terminals or mail readers, by window class.

A class is compared without regard to case, and by its last part where it is a reverse domain name
('org.gnome.TextEditor' is 'texteditor').
"""

from __future__ import annotations


def _classes(text: str) -> frozenset[str]:
    return frozenset(text.split())


BROWSERS = _classes(
    """brave brave-browser browser chrome chromium chromium-browser edge epiphany falkon firefox firefox-esr
    google-chrome google-chrome-stable konqueror librewolf microsoft-edge microsoft-edge-dev midori navigator opera
    qutebrowser safari thorium-browser tor-browser vivaldi vivaldi-stable waterfox zen zen-browser"""
)

MAIL = _classes(
    """betterbird claws-mail evolution geary kmail mail mailspring sylpheed thunderbird thunderbird-default
    thunderbird-esr"""
)

CHATS = _classes(
    """discord element element-desktop ferdium fluffychat fractal hexchat mattermost microsoft-teams
    org.telegram.desktop polari quassel rambox signal signal-desktop skype slack teams teams-for-linux telegram
    telegram-desktop telegramdesktop viber whatsapp whatsapp-desktop whatsdesk wire zulip zoom"""
)

EDITORS = _classes(
    """abiword apostrophe atom code code-oss codium cursor emacs featherpad focuswriter gedit geany ghostwriter
    gnome-text-editor gnumeric gvim jetbrains-clion jetbrains-goland jetbrains-idea jetbrains-idea-ce jetbrains-pycharm
    jetbrains-pycharm-ce jetbrains-webstorm joplin kate kile kwrite l3afpad leafpad libreoffice libreoffice-calc
    libreoffice-impress libreoffice-writer logseq lyx marktext mousepad notepadqq obsidian org.gnome.texteditor pluma
    scite scratch soffice sublime_text sublime-text texmaker texstudio texteditor typora vscodium xed xournalpp zed
    zettlr zim"""
)

TERMINALS = _classes(
    """alacritty console contour cool-retro-term eterm foot ghostty gnome-terminal gnome-terminal-server guake kgx kitty
    konsole lxterminal mate-terminal mlterm ptyxis qterminal rxvt sakura st st-256color terminal terminator termite
    tilda tilix urxvt warp wezterm wezterm-gui xfce4-terminal xterm yakuake"""
)


CALENDARS = _classes("calcurse california gnome-calendar kalendar korganizer merkuro merkuro-calendar orage")


def is_browser(app: str) -> bool:
    """Return whether a window of this class shows web pages."""
    return _is_one_of(app, BROWSERS)


def is_mail(app: str) -> bool:
    """Return whether a window of this class shows mail."""
    return _is_one_of(app, MAIL)


def is_calendar(app: str) -> bool:
    """Return whether a window of this class shows the person's own calendar."""
    return _is_one_of(app, CALENDARS)


def is_chat(app: str) -> bool:
    """Return whether people write messages to each other in a window of this class."""
    return _is_one_of(app, CHATS)


def is_editor(app: str) -> bool:
    """Return whether the person writes documents or code in a window of this class."""
    return _is_one_of(app, EDITORS)


def is_terminal(app: str) -> bool:
    """Return whether a window of this class is a terminal."""
    return _is_one_of(app, TERMINALS)


def names(app: str) -> tuple[str, ...]:
    """Return the forms by which a class is known: itself, and its last part when it is a reverse domain name."""
    whole = app.casefold()
    return (whole, whole.rsplit(".", 1)[1]) if whole.count(".") >= 2 else (whole,)


def _is_one_of(app: str, known: frozenset[str]) -> bool:
    return any(name in known for name in names(app))
