"""The exclusions that come with the program, by what they are for.

Private windows are known by what browsers write into their titles, in the languages that they are most used in.
Banks and clinics cannot be listed all: those with the most users are, and the words that their titles share.
"""

from __future__ import annotations

from gum.perceive.exclusion.rules import ExclusionKind, ExclusionRule, checked

PRIVATE_TITLES = (
    r"private browsing|private window|private tab|\bincognito\b|\binprivate\b",
    r"privater? modus|privates? fenster|privates surfen|\binkognito",
    r"navigation privée|fenêtre privée",
    r"navegación privada|ventana privada|\bincógnito\b",
    r"navigazione (?:anonima|privata|in incognito)|finestra anonima",
    r"navegação (?:privada|privativa|anônima|anónima)|janela anônima",
    r"privénavigatie|privévenster",
    r"tryb prywatny|prywatne przeglądanie",
    r"приватн\w+ (?:просмотр|окно|режим)|инкогнито|приватний перегляд",
    r"privat (?:browsing|browsning|surfning|nettlesing|vindu|fönster)|yksityinen (?:selaus|ikkuna)",
    r"gizli (?:gezinti|pencere)|anonymní (?:prohlížení|okno)|privát böngészés|navigare privată|ιδιωτική περιήγηση",
    r"プライベートブラウジング|シークレット|隐私浏览|无痕|隱私瀏覽|無痕|사생활 보호 모드|시크릿 모드",
    r"גלישה פרטית|التصفح الخاص",
)

_SEEDS: tuple[tuple[str, ExclusionKind, str], ...] = (
    (
        "passwords and keys",
        "app",
        """keepassxc keepass keepass2 bitwarden 1password enpass lastpass dashlane nordpass protonpass proton-pass
        roboform passwordsafe pwsafe buttercup passky padloc keeweb elpass strongbox secrets org.gnome.world.secrets
        org.gnome.seahorse.application seahorse kwalletmanager5 kwalletmanager gcr-prompter pinentry pinentry-gtk-2
        pinentry-gnome3 pinentry-qt pinentry-qt5 ksshaskpass ssh-askpass x11-ssh-askpass
        polkit-gnome-authentication-agent-1 lxpolkit polkit-kde-authentication-agent-1
        authenticator com.belmoussaoui.authenticator ente-auth ente_auth""",
    ),
    ("private browsing", "app", "tor-browser torbrowser mullvadbrowser mullvad-browser"),
    (
        "video calls",
        "app",
        """zoom zoom-workplace teams teams-for-linux microsoft-teams ms-teams webex ciscocollabhost skype skypeforlinux
        jitsi-meet jitsi gotomeeting bluejeans linphone jami facetime""",
    ),
    ("wallets", "app", "ledger-live trezor-suite electrum exodus monero-wallet-gui bitcoin-qt sparrow wasabi"),
    *(("private browsing", "title", words) for words in PRIVATE_TITLES),
    (
        "banking",
        "title",
        r"\bonline.?banking\b|\be-?banking\b|\binternet.?banking\b|\bhome.?banking\b|\bbanque en ligne\b"
        r"|\bbanca (?:en línea|online)\b",
    ),
    ("passwords and keys", "title", r"\bpassword manager\b|\bpassword vault\b|\bsaved passwords\b|\bpasswortmanager\b"),
    ("health", "title", r"\bpatient portal\b|\bpatientenportal\b|\bmychart\b|\bpatientenakte\b|\bmedical records?\b"),
    (
        "video calls",
        "title",
        r"^zoom meeting\b|\bmeet - [a-z]{3}-[a-z]{4}-[a-z]{3}\b|\bjitsi meet\b|\|\s*microsoft teams meeting\b",
    ),
    (
        "banking",
        "site",
        """paypal.com wise.com revolut.com n26.com monzo.com starlingbank.com chase.com bankofamerica.com wellsfargo.com
        citi.com citibank.com capitalone.com usbank.com pnc.com americanexpress.com discover.com schwab.com fidelity.com
        vanguard.com etrade.com robinhood.com hsbc.com hsbc.co.uk barclays.co.uk lloydsbank.co.uk natwest.com
        santander.co.uk santander.com halifax.co.uk nationwide.co.uk deutsche-bank.de commerzbank.de sparkasse.de
        postbank.de ing.de ing.com ing.nl dkb.de comdirect.de consorsbank.de hypovereinsbank.de volksbank.de vr.de
        bnpparibas.net mabanque.bnpparibas credit-agricole.fr societegenerale.fr labanquepostale.fr boursorama.com
        caisse-epargne.fr bbva.es bbva.com caixabank.es bancosantander.es unicredit.it intesasanpaolo.com rabobank.nl
        abnamro.nl nordea.com seb.se swedbank.se handelsbanken.se danskebank.dk dnb.no ubs.com postfinance.ch
        raiffeisen.ch zkb.ch erstebank.at raiffeisen.at mbank.pl pkobp.pl itau.com.br bradesco.com.br nubank.com.br
        rbcroyalbank.com td.com scotiabank.com bmo.com cibc.com commbank.com.au anz.com westpac.com.au nab.com.au
        icicibank.com hdfcbank.com onlinesbi.sbi dbs.com.sg coinbase.com kraken.com binance.com""",
    ),
    (
        "health",
        "site",
        """mychart.com mychart.org patient.info followmyhealth.com patientfusion.com zocdoc.com doctolib.de doctolib.fr
        doctolib.it nhsapp.service.nhs.uk patientaccess.com ameli.fr mesdocteurs.com jameda.de tk.de aok.de barmer.de
        betterhelp.com talkspace.com headspace.com kry.se livi.fr teladoc.com plannedparenthood.org quest.com
        labcorp.com 23andme.com""",
    ),
    (
        "passwords and keys",
        "site",
        """vault.bitwarden.com my.1password.com 1password.eu lastpass.com dashlane.com pass.proton.me
        passwords.google.com nordpass.com keepersecurity.com myaccount.google.com account.live.com appleid.apple.com""",
    ),
    (
        "video calls",
        "site",
        "meet.google.com meet.jit.si whereby.com zoom.us teams.live.com webex.com gotomeeting.com bigbluebutton.org",
    ),
)


def seeded() -> tuple[ExclusionRule, ...]:
    """Return the rules that come with the program."""
    return tuple(
        checked(kind, pattern, "seeded", why)
        for why, kind, patterns in _SEEDS
        for pattern in ((patterns,) if kind == "title" else patterns.split())
    )
