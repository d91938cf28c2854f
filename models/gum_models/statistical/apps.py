"""What applications are for, and what people call them."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from gum_models.statistical import wordlists


class Role(StrEnum):
    """What a person does in an application."""

    EDITOR = "editor"
    BROWSER = "browser"
    TERMINAL = "terminal"
    MAIL = "mail"
    VIEWER = "viewer"
    OFFICE = "office"
    CALENDAR = "calendar"
    CHAT = "chat"
    OTHER = "other"


# (piece of the window class, lower case; what it is for; what people call it), most specific first.
_KNOWN: tuple[tuple[str, Role, str], ...] = (
    ("libreoffice-writer", Role.OFFICE, "LibreOffice Writer"),
    ("libreoffice-calc", Role.OFFICE, "LibreOffice Calc"),
    ("libreoffice-impress", Role.OFFICE, "LibreOffice Impress"),
    ("libreoffice", Role.OFFICE, "LibreOffice"),
    ("soffice", Role.OFFICE, "LibreOffice"),
    ("onlyoffice", Role.OFFICE, "OnlyOffice"),
    ("abiword", Role.OFFICE, "AbiWord"),
    ("gnumeric", Role.OFFICE, "Gnumeric"),
    ("winword", Role.OFFICE, "Microsoft Word"),
    ("excel", Role.OFFICE, "Microsoft Excel"),
    ("powerpnt", Role.OFFICE, "Microsoft PowerPoint"),
    ("mousepad", Role.EDITOR, "Mousepad"),
    ("gedit", Role.EDITOR, "gedit"),
    ("texteditor", Role.EDITOR, "GNOME Text Editor"),
    ("featherpad", Role.EDITOR, "FeatherPad"),
    ("leafpad", Role.EDITOR, "Leafpad"),
    ("l3afpad", Role.EDITOR, "L3afpad"),
    ("pluma", Role.EDITOR, "Pluma"),
    ("xed", Role.EDITOR, "Xed"),
    ("kwrite", Role.EDITOR, "KWrite"),
    ("kate", Role.EDITOR, "Kate"),
    ("geany", Role.EDITOR, "Geany"),
    ("scite", Role.EDITOR, "SciTE"),
    ("emacs", Role.EDITOR, "Emacs"),
    ("gvim", Role.EDITOR, "GVim"),
    ("notepad", Role.EDITOR, "Notepad"),
    ("sublime", Role.EDITOR, "Sublime Text"),
    ("vscodium", Role.EDITOR, "VSCodium"),
    ("code-oss", Role.EDITOR, "Code - OSS"),
    ("jetbrains-pycharm", Role.EDITOR, "PyCharm"),
    ("jetbrains-idea", Role.EDITOR, "IntelliJ IDEA"),
    ("jetbrains", Role.EDITOR, "JetBrains IDE"),
    ("obsidian", Role.EDITOR, "Obsidian"),
    ("zettlr", Role.EDITOR, "Zettlr"),
    ("zim", Role.EDITOR, "Zim"),
    ("joplin", Role.EDITOR, "Joplin"),
    ("logseq", Role.EDITOR, "Logseq"),
    ("gnote", Role.EDITOR, "Gnote"),
    ("simplenote", Role.EDITOR, "Simplenote"),
    ("texstudio", Role.EDITOR, "TeXstudio"),
    ("texmaker", Role.EDITOR, "Texmaker"),
    ("lyx", Role.EDITOR, "LyX"),
    ("focuswriter", Role.EDITOR, "FocusWriter"),
    ("ghostwriter", Role.EDITOR, "ghostwriter"),
    ("chromium", Role.BROWSER, "Chromium"),
    ("google-chrome", Role.BROWSER, "Google Chrome"),
    ("chrome", Role.BROWSER, "Google Chrome"),
    ("firefox", Role.BROWSER, "Firefox"),
    ("navigator", Role.BROWSER, "Firefox"),
    ("librewolf", Role.BROWSER, "LibreWolf"),
    ("brave", Role.BROWSER, "Brave"),
    ("vivaldi", Role.BROWSER, "Vivaldi"),
    ("opera", Role.BROWSER, "Opera"),
    ("msedge", Role.BROWSER, "Microsoft Edge"),
    ("microsoft-edge", Role.BROWSER, "Microsoft Edge"),
    ("epiphany", Role.BROWSER, "GNOME Web"),
    ("falkon", Role.BROWSER, "Falkon"),
    ("midori", Role.BROWSER, "Midori"),
    ("qutebrowser", Role.BROWSER, "qutebrowser"),
    ("netsurf", Role.BROWSER, "NetSurf"),
    ("dillo", Role.BROWSER, "Dillo"),
    ("surf", Role.BROWSER, "surf"),
    ("xfce4-terminal", Role.TERMINAL, "Xfce Terminal"),
    ("gnome-terminal", Role.TERMINAL, "GNOME Terminal"),
    ("mate-terminal", Role.TERMINAL, "MATE Terminal"),
    ("lxterminal", Role.TERMINAL, "LXTerminal"),
    ("qterminal", Role.TERMINAL, "QTerminal"),
    ("konsole", Role.TERMINAL, "Konsole"),
    ("alacritty", Role.TERMINAL, "Alacritty"),
    ("kitty", Role.TERMINAL, "kitty"),
    ("wezterm", Role.TERMINAL, "WezTerm"),
    ("ghostty", Role.TERMINAL, "Ghostty"),
    ("tilix", Role.TERMINAL, "Tilix"),
    ("terminator", Role.TERMINAL, "Terminator"),
    ("urxvt", Role.TERMINAL, "rxvt"),
    ("uxterm", Role.TERMINAL, "XTerm"),
    ("xterm", Role.TERMINAL, "XTerm"),
    ("terminal", Role.TERMINAL, "Terminal"),
    ("thunderbird", Role.MAIL, "Thunderbird"),
    ("evolution", Role.MAIL, "Evolution"),
    ("claws-mail", Role.MAIL, "Claws Mail"),
    ("sylpheed", Role.MAIL, "Sylpheed"),
    ("geary", Role.MAIL, "Geary"),
    ("kmail", Role.MAIL, "KMail"),
    ("outlook", Role.MAIL, "Outlook"),
    ("evince", Role.VIEWER, "Evince"),
    ("papers", Role.VIEWER, "Papers"),
    ("okular", Role.VIEWER, "Okular"),
    ("atril", Role.VIEWER, "Atril"),
    ("xreader", Role.VIEWER, "Xreader"),
    ("zathura", Role.VIEWER, "Zathura"),
    ("qpdfview", Role.VIEWER, "qpdfview"),
    ("mupdf", Role.VIEWER, "MuPDF"),
    ("xpdf", Role.VIEWER, "Xpdf"),
    ("foliate", Role.VIEWER, "Foliate"),
    ("gnome-calendar", Role.CALENDAR, "GNOME Calendar"),
    ("korganizer", Role.CALENDAR, "KOrganizer"),
    ("orage", Role.CALENDAR, "Orage"),
    ("slack", Role.CHAT, "Slack"),
    ("discord", Role.CHAT, "Discord"),
    ("telegram", Role.CHAT, "Telegram"),
    ("signal", Role.CHAT, "Signal"),
    ("element", Role.CHAT, "Element"),
    ("hexchat", Role.CHAT, "HexChat"),
    ("whatsapp", Role.CHAT, "WhatsApp"),
    ("mattermost", Role.CHAT, "Mattermost"),
    ("rocketchat", Role.CHAT, "Rocket.Chat"),
    ("fractal", Role.CHAT, "Fractal"),
    ("dino", Role.CHAT, "Dino"),
    ("nautilus", Role.OTHER, "Files"),
)
_EXACT: dict[str, tuple[Role, str]] = {
    "code": (Role.EDITOR, "Visual Studio Code"),
    "vim": (Role.EDITOR, "Vim"),
    "nvim": (Role.EDITOR, "Neovim"),
    "nano": (Role.EDITOR, "nano"),
    "foot": (Role.TERMINAL, "foot"),
    "st": (Role.TERMINAL, "st"),
    "atom": (Role.EDITOR, "Atom"),
}

# What people use an application for where its role does not tell, by a piece of its window class.
_WORK: dict[str, str] = {
    "notes": "zim obsidian joplin logseq gnote tomboy simplenote bijiben xpad standard-notes trilium",
    "spreadsheets": "calc gnumeric excel",
    "presentations": "impress powerpnt",
    "writing": "libreoffice-writer onlyoffice abiword winword focuswriter ghostwriter texstudio texmaker lyx scribus",
    "meetings": "zoom jitsi teams webex bigbluebutton skype",
    "pictures": "gimp krita inkscape darktable rawtherapee digikam shotwell photoshop lightroom",
    "music": "rhythmbox spotify lollypop elisa clementine amarok audacious strawberry quodlibet",
    "videos": "vlc mpv totem celluloid",
    "recording": "audacity ardour lmms reaper obs",
    "notation": "musescore frescobaldi",
    "video editing": "kdenlive shotcut openshot pitivi resolve",
    "drawings": "freecad librecad qcad openscad sweethome3d sketchup blender",
    "circuits": "kicad fritzing lasergrbl cura prusaslicer",
    "accounting": "gnucash homebank kmymoney skrooge",
    "references": "zotero jabref mendeley",
    "genealogy": "gramps ancestris",
    "maps": "qgis gpxsee viking josm",
    "statistics": "rstudio spyder jupyter octave geogebra",
    "databases": "dbeaver pgadmin sqlitebrowser",
    "tasks": "endeavour planner todoist getting-things-gnome",
    "files": "nautilus thunar dolphin nemo pcmanfm caja",
}
_SHORT = 4  # a piece of so many letters or fewer must be a word of the class
_SUITES = ("libreoffice", "onlyoffice", "soffice", "wps")
_BY_SUFFIX = {
    "spreadsheets": frozenset({"ods", "xls", "xlsx", "csv", "gnumeric"}),
    "presentations": frozenset({"odp", "ppt", "pptx"}),
}
CODE_SUFFIXES = wordlists.load("code_suffixes")


def lookup(app: str) -> tuple[Role, str]:
    """Return what the application with this window class is for, and its name for people."""
    key = app.casefold()
    if key in _EXACT:
        return _EXACT[key]
    for piece, role, name in _KNOWN:
        if piece in key:
            return role, name
    return Role.OTHER, _spoken(app)


@lru_cache(maxsize=1024)
def work_of(app: str, subject: str = "") -> str:
    """Return what the application is used for by its name, such as 'notes'; empty when its role must tell.

    Of an office suite the document's suffix tells.
    """
    key = app.casefold()
    suffix = subject.rsplit(".", 1)[-1].casefold()
    if any(suite in key for suite in _SUITES):
        told = next((work for work, suffixes in _BY_SUFFIX.items() if suffix in suffixes), "")
        if told:
            return told
    words = set(re.split(r"[^a-z0-9]+", key))
    for work, pieces in _WORK.items():
        if any(piece in words or (len(piece) > _SHORT and piece in key) for piece in pieces.split()):
            return work
    return {Role.CHAT: "chat", Role.CALENDAR: "calendar"}.get(lookup(app)[0], "")


def names() -> frozenset[str]:
    """Return every known application name, lower case, as it may stand at the end of a window title."""
    return _NAMES


def _spoken(app: str) -> str:
    last = app.rsplit(".", 1)[-1].replace("-", " ").replace("_", " ").strip()
    return last[:1].upper() + last[1:]


_NAMES = frozenset(
    {name.casefold() for _, _, name in _KNOWN}
    | {name.casefold() for _, name in _EXACT.values()}
    | {"mozilla firefox", "firefox web browser", "text editor", "document viewer", "vim", "microsoft\u200b edge"}
)
