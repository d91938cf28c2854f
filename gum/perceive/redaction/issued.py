"""Keys and tokens that are known by what their issuer puts in front of them.

Issued keys are known from a few characters on, because a key may be seen while it is being typed.  A pattern takes any
longer run of the same characters, so that no tail survives.  Where a reader confuses letters (I, l, 1) or an underscore
and a space, both are taken.
"""

from __future__ import annotations

import base64

from gum.perceive.redaction.looks import Rule, opaque, random_looking, real, rule, sequential, template

_FREE = r"(?<![A-Za-z0-9])"  # nothing of the same word before it
_UNDER = r"[_\- ]"  # an underscore, as readers see it


def issued(value: str) -> bool:
    """Return whether what follows the prefix is random, where ordinary names may have the prefix too."""
    return whole(value) and random_looking(value)


def whole(value: str) -> bool:
    """Return whether a value is a key rather than a placeholder or a run along the alphabet."""
    return real(value) and not sequential(value)


def _mixed(value: str) -> bool:
    """Return whether small and capital letters follow the prefix."""
    tail = value.rpartition("_")[2]
    return real(value) and tail.lower() != tail != tail.upper()


def _slack(value: str) -> bool:
    return whole(value) and any(character.isdigit() for character in value) and any(map(_part, value.split("-")[1:]))


def _part(value: str) -> bool:
    return len(value) >= 10 and real(value) and not value.isdigit()


_ISSUED = (
    ("AWS key", r"(?:A3T[A-Z0-9]|AK[Il1]A|AS[Il1]A|AB[Il1]A|ACCA)[A-Z0-9]{12,}", whole),
    ("AWS key", r"ABSK[A-Za-z0-9+/=]{60,}|bedrock-api-key-[A-Za-z0-9+/=]{60,}", bool),
    ("GitHub token", rf"gh[pousr]{_UNDER}[A-Za-z0-9]{{8,}}", issued),
    ("GitHub token", r"github_pat_[A-Za-z0-9_]{8,}", whole),
    ("GitLab token", r"gl(?:pat|dt|rt|ft|cbt|agent)-[A-Za-z0-9_.\-]{20,}", issued),
    ("GitLab token", r"gl(?:oas|ffct|rtr|wt)-[A-Za-z0-9_.\-]{20,}|GR1348941[A-Za-z0-9_\-]{20}(?![\w\-])", issued),
    ("GitLab token", r"glptt-(?=[0-9a-f\-]*$|[0-9a-f]{20})[0-9a-f]{20,}", issued),
    ("Slack token", r"xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9\-]{10,}|xapp-[A-Za-z0-9\-]{10,}", _slack),
    ("Slack token", r"hooks\.slack\.\s?com\s?/[swt][A-Za-z ]{6,11}/[A-Za-z0-9+/]{20,}", whole),
    ("Google key", r"A[Il1|]za[A-Za-z0-9_\-]{12,36}(?![A-Za-z0-9_\-])", issued),
    ("Google key", r"ya29\.[A-Za-z0-9_\-]{20,}|GOCSPX-[A-Za-z0-9_\-]{20,}", whole),
    (
        "Stripe key",
        rf"(?:sk|rk|pk){_UNDER}(?:live|test|prod){_UNDER}[A-Za-z0-9]{{10,}}|whsec_[A-Za-z0-9+/=]{{20,}}",
        whole,
    ),
    ("OpenAI key", r"sk-(?:[a-z0-9]{2,8}-){0,3}[A-Za-z0-9_\-]{20,}", issued),
    ("Anthropic key", r"sk-ant-[a-z0-9]{3,8}-[A-Za-z0-9_\-]{80,}", bool),
    ("Hugging Face token", rf"(?:hf|api{_UNDER}org){_UNDER}[A-Za-z0-9]{{30,40}}(?![A-Za-z0-9])", _mixed),
    ("SendGrid key", r"SG\.[A-Za-z0-9_\-]{16,}\.[A-Za-z0-9_\-]{16,}", whole),
    ("Telegram token", r"\d{8,10}:AA[A-Za-z0-9_\-]{33,}", whole),
    ("Mailchimp key", r"[0-9a-f]{32}-us\d{1,2}", whole),
    ("Mailgun key", r"(?:key|pubkey)-[0-9a-f]{32}", whole),
    ("Square key", r"sq[0OQ]{1,2}[a-z]{3}-[A-Za-z0-9_\-]{20,}|EAAA[A-Za-z0-9_\-+=]{55,}", whole),
    ("Facebook token", r"EAA[MC][A-Za-z0-9]{20,}|\d{15,16}(?:\||%)[A-Za-z0-9\-_]{25,}", whole),
    ("Vault token", r"hv[sbr]\.[A-Za-z0-9_\-]{24,}", issued),
    ("Vault token", r"[sbr]\.(?=[A-Za-z]*\d)[A-Za-z0-9]{24}(?![A-Za-z0-9])", issued),
    ("Terraform token", r"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9\-_=]{60,}", whole),
    ("1Password key", r"A3-[A-Z0-9]{6}-(?:[A-Z0-9]{5,11}-){3,4}[A-Z0-9]{5,}|ops_eyJ[A-Za-z0-9+/=]{100,}", whole),
    ("Azure secret", r"[A-Za-z0-9_~.\-]{3}\dQ~[A-Za-z0-9_~.\-]{31,}", whole),
    ("Fly.io token", r"(?:fo[1l]_|fm[12][ar]?_)[A-Za-z0-9_\-+/=,]{20,}", whole),
    ("Discord token", r"[MNOA][A-Za-z0-9_\-]{23,25}\.[A-Za-z0-9_\-]{6}\.[A-Za-z0-9_\-]{27,}", whole),
    ("age key", r"AGE-SECRET-KEY-1[A-Za-z0-9]{40,}", bool),
    ("Shopify token", r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32,}", whole),
    ("OpenShift token", r"sha256~[A-Za-z0-9_\-]{20,}", whole),
    ("password hash", r"\$(?:2[aby]?|5|6|y|argon2id?)\$[A-Za-z0-9./$,=+\-]{20,}", bool),
    ("access token", r"LTAI[A-Za-z0-9]{16,}|p8e-[a-z0-9]{32}|pscale_(?:tkn|oauth|pw)_[\w=.\-]{32,}", whole),
    ("access token", r"[0-9a-f]{32}\.[0-9a-f]{16}(?![0-9a-f])|4b1d[A-Za-z0-9]{38}(?![A-Za-z0-9])", whole),
    ("access token", r"v1\.0-[a-f0-9]{24}-[a-f0-9]{40,}|LIVEKIT_[A-Za-z0-9]{20,}|v2\.local\.[\w\-]{40,}", whole),
    ("access token", r"NR(?:AK|JS|II)-[A-Za-z0-9\-]{19,}|eu01xx[a-f0-9]{30,}|NRAA-[a-f0-9]{27}", whole),
    ("access token", r"pk\.[A-Za-z0-9]{60}\.[A-Za-z0-9]{22}|amzn\.mws\.[0-9a-f\-]{30,}|rubygems_[a-f0-9]{40,}", whole),
    ("access token", r"(?:sl\.(?:u\.)?)[A-Za-z0-9_\-=]{100,}|EZ[AT]K[A-Za-z0-9]{50,}|CLOJARS_[a-z0-9]{50,}", whole),
    ("access token", r"duffel_(?:test|live)_[A-Za-z0-9_\-=]{40,}|FLW(?:PUB|SEC)K_[A-Za-z]{4}-[A-Za-z0-9]{12,}", whole),
    ("access token", r"(?:dp\.(?:pt|st|ct|sa|scim|audit)\.)[A-Za-z0-9._\-]{40,}|FRAME-?IO-?U?-[\w\-=]{40,}", whole),
    (
        "access token",
        r"fio-u-[\w\-=]{50,}|rzp_(?:live|test)_[A-Za-z0-9]{14,}|typeform_[\w\-.=]{40,}|tfp_[\w\-.=]{50,}",
        whole,
    ),
    (
        "access token",
        r"(?:npm_|pypi-|do[opr]_v1_|glc_|glsa_|sntry[su]_|sgp_|squ_|sqp_|sqa_|dapi|ico-|pnu_|rdme_|frc_"
        r"|nvapi-|cio_|prefect_"
        r"|ATATT3|ATCTT3|ATBB|PMAK-|lin_(?:api|oauth)_|figd_|nfp_|pul-|ntn_|secret_|dckr_(?:pat|oat)_|dt0c01\.|xkeysib-"
        r"|xsmtpsib-|tk-us-|HRKU-|API-|r8_|gsk_|s-s4t2ud-|pplx-|xai-|fw_|ddp_|phc_|phx_|sbp_"
        r"|shippo_(?:live|test)_|pat-na1-"
        r"|tskey-(?:auth|api|client)-|buildkite_|bkua_|cfut_|CFPAT-|cmVmd|sm_aat_|infisical_|sha256~|rnd_|dvc_|ghost_"
        r"|tvly-|jina_|voyage-|fc-|langsmith_|lsv2_(?:pt|sk)_|AstraCS:|pinecone_|pcsk_|oy2|PMAT-|wakatime_|waka_"
        r"|live_sk_|test_sk_|access_token\$(?:production|sandbox)\$|hooks_|natspg_|AKCp|sdp_"
        r"|sonar_)[A-Za-z0-9_\-+/=.]{20,}",
        issued,
    ),
)


def web_token(value: str) -> bool:
    """Return whether the first characters are base64 of the beginning of a JSON object."""
    try:
        head = base64.urlsafe_b64decode(value[:8])
    except ValueError:
        return False
    return real(value) and all(32 <= byte < 127 for byte in head)


def labelled(value: str) -> bool:
    """Return whether a run behind a word for keys is random by itself."""
    return opaque(value) and real(value) and not template(value)


#: For texts that a reader has torn, and so may have lost or doubled characters of: the lengths are not exact.
TORN: tuple[Rule, ...] = (
    rule("Discord token", _FREE + r"[MNOA][A-Za-z0-9_\-@]{20,28}\.[A-Za-z0-9_\-]{5,7}\.[A-Za-z0-9_\-]{24,}", whole),
)

RULES: tuple[Rule, ...] = (
    rule(
        "private key",
        r"(?s)-{2,}\s?BEGIN[A-Z0-9 ]{0,40}PRIVATE\s?KEY[A-Z ]{0,10}-{2,}(?:.{40,}?(?:-{2,}\s?END[^-\n]{0,60}-{2,}|\Z)"
        r"|[^-]{0,40}\Z)|PuTTY-User-Key-File-\d.*\Z",
        needs="private putty",
    ),
    *(rule(kind, f"{_FREE}(?:{pattern})", accept) for kind, pattern, accept in _ISSUED),
    rule(
        "JSON web token",
        _FREE + r"ey[IJ][A-Za-z0-9_\-=]{10,}(?:\s?\.\s?[A-Za-z0-9_\-=+/]{4,}){0,2}|"
        r"(?<![A-Za-z0-9])ZXlKaGJHY2lP[A-Za-z0-9_\-=+/]{16,}",
        web_token,
    ),
    rule(
        "opaque string",
        r"(?i)(?:key|token|secret|auth|passw|credential|bearer|api)[^\n]{0,48}?"
        r"(?<![A-Za-z0-9_\-/+.])([A-Za-z0-9_\-+]{24,}={0,2})(?![A-Za-z0-9_\-]|\.\.)",
        labelled,
        1,
    ),
)
