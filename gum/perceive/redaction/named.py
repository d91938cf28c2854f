"""Secrets that are known by the name they stand behind: passwords, keys, sign-in data, in prose, settings and commands.

Quotes are taken in every form in which readers see them.
"""

from __future__ import annotations

import re

from gum.perceive.redaction.looks import (
    Rule,
    entropy,
    filler,
    keyed,
    password,
    random_looking,
    real,
    rule,
    sequential,
    template,
)

_Q = r"[\"'`“”‘’]"
_QUOTE = rf"{_Q}{{0,2}}"
_IS = (
    rf"(?:\s*[\"'“”‘’\])]{{0,2}}\s*(?:=>|:{{1,3}}=|\?=|\|\|:|=|:)\s*|\s+(?:is|lautet|est|es)\s+"
    rf"|{_Q}?,?\s+(?={_Q}))"
)
_CALLED = (
    r"(?:passw[o0]rd|passphrase|passcode|passwd|(?<=[_\-])pass(?![a-z])|(?<![a-z])pass(?=\s?[:=])|passwort|kennwort|pwd"
    r"|mot de passe|contraseñ?a|wachtwoord|lösenord|adgangskode|passord|salasana|hasło|parol[ae]|senha|пароль|密码|密碼"
    r"|パスワード|비밀번호)"
)
_PASS = "passw pass kennwort pwd contrase wachtwoord lösenord adgang salasana hasło parol senha пароль 密 パス 비밀"  # noqa: S105
_NOT_ONE = (
    r"(?!_?(?:id|name|vault|path|file|type|size|length|version|alias|arn|url|uri|label|prefix|index|count)(?![a-z]))"
)
_KEYS = (
    r"(?:(?<![A-Za-z])(?<!csrf-)(?<!xsrf-)(?<!csrf_)(?<!csrf)"
    r"(?i:(?:api|access|auth|secret|private|client|signing|session|service|encryption)?[_\-. ]?"
    r"(?:secret|token|key|credentials?|login|pat|access_?id))"
    r"|(?<=[a-z0-9])(?:Secret|Token|Key|Credentials?|Login|AccessId))"
    rf"{_NOT_ONE}(?:s|\d{{1,2}}|[_\-.]{_NOT_ONE}[A-Za-z0-9_\-]{{1,12}})?"
)
_VENDORS = (
    r"adafruit|adobe|airtable|algolia|alibaba|aliyun|amplitude|artif(?:actory)?|asana|atlassian|auth0"
    r"|authress|azure|beamer"
    r"|bitbucket|bittrex|braintree|bugsnag|buildkite|circleci|clickhouse|clojars|cloudant|cloudflare|cloudinary|codecov"
    r"|cohere|coinbase|confluence|confluent|consul|contentful|databricks|datadog|digitalocean|discord|docker|doppler"
    r"|droneci|dropbox|duffel|dynatrace|easypost|elastic|etsy|facebook|fastly|figma|finicity|finnhub|firebase|flickr"
    r"|flutterwave|freshbooks|freemius|github|gitlab|gitter|gocardless|grafana|harness|hashicorp|heroku|hubspot|iam"
    r"|ibm|infracost|infura|instagram|intercom|intra42|jfrog|jira|kraken|kucoin|lambdatest|launchdarkly"
    r"|linear|linkedin|lob"
    r"|looker|mailchimp|mailgun|mapbox|mattermost|maxmind|meraki|messagebird|mixpanel|mongo|netlify"
    r"|new-?relic|notion|npm"
    r"|nytimes|octopus|okta|openai|openshift|opsgenie|pagerduty|paypal|plaid|planetscale|postman|prefect|privateai"
    r"|pulumi|pypi|rapidapi|readme|rollbar|rubygems|salesforce|scalingo|segment|sendbird|sendgrid|sendinblue|sentry"
    r"|settlemint|shippo|shopify|sidekiq|slack|snowflake|snyk|softlayer|sonar|sourcegraph|spotify|square(?:space)?"
    r"|stripe|sumo(?:logic)?|supabase|telegram|travis|trello|twilio|twitch|twitter|typeform|vercel|weights"
    r"|yandex|zendesk"
)


def _after_user(value: str) -> bool:
    """Return whether 'user:password' holds a password that is one."""
    first, _, last = value.strip("\"'`“”‘’").partition(":")
    secret = last.strip("\"'“”{}") or first * random_looking(first)
    return len(value) >= 6 and real(secret) and not template(secret) and not re.match(r"\W*[$<{%]", secret)


def _vendor(value: str) -> bool:
    return (
        keyed(value)
        and not sequential(value)
        and (entropy(value) >= 3.0 or value.isupper())
        and not re.search(r"(?i)\.(?:com|net|io|org)", value)
    )


def _flag(value: str) -> bool:
    return password(value) and not value.startswith(("-", "/"))


def _line(value: str) -> bool:
    return password(value) and random_looking(value) and not filler(value)


RULES: tuple[Rule, ...] = (
    rule(
        "authorization",
        r"(?i)\bauthorization[\"'“”‘’]?\s*[:=]\s*[\"'“”‘’]?(?:(?:bearer|basic|(?:api-)?token|digest|apikey)\s+)?"
        r"([^\s\"',;“”‘’]{8,})",
        lambda value: not template(value) and real(value),
        1,
        "authorization",
    ),
    rule("authorization", r"(?i)\b(?:bearer|basic)\s+([A-Za-z0-9._~+/=\-]{16,})", random_looking, 1, "bearer basic"),
    rule(
        "authorization", r"(?i)\bx-[a-z\-]*(?:key|token|secret|auth|api)[a-z\-]*\s*:\s*([^\s\"',;]{8,})", keyed, 1, "x-"
    ),
    rule(
        "password in an address",
        r"(?i)\b[a-z][a-z0-9+.\-]{1,12}:\s?//([^\s/:@\"'<>]{0,80}:\s?[^\s/@\"'<>]{2,120})(?=\s?@)",
        lambda value: real(value) and not template(value.partition(":")[2]),
        1,
        "://  //",
    ),
    rule(
        "password",
        r"\bcurl\b(?:[^\n]|\\\n){0,300}?\s(?:-u|--user|-U"
        r"|--proxy-user)[\s=]+([\"'“”‘’]{0,2}[^\s$<]{0,80}:\s?(?!https?:|[$<{%])[^\s]{0,80})",
        _after_user,
        1,
        "curl",
    ),
    rule(
        "password",
        r"\bBUNDLE[_ ][A-Z_ ]*CONTRIBSYS[_ ]+COM[\"']?\s*[=:]\s*[\"'“]?([^\s\"';”:]+(?:\s?:\s?[^\s\"';”]+)?)",
        real,
        1,
        "contribsys bundle",
    ),
    rule(
        "password",
        rf"(?i){_CALLED}[a-z0-9_\-]{{0,16}}{_IS}{_QUOTE}(?<={_Q})([^\"'`“”‘’\n]{{3,120}})",
        password,
        1,
        _PASS,
    ),
    rule("password", rf"(?i){_CALLED}[a-z0-9_\-]{{0,16}}{_IS}([^\s\"'`“”‘’,;&]{{3,120}})", password, 1, _PASS),
    rule("password", rf"(?im)^\W{{0,4}}{_CALLED}\s*[:*]?\s*\n[ \t]*([^\s]{{8,64}})[ \t]*$", _line, 1, _PASS),
    rule(
        "password",
        r"(?i)(?<![a-z0-9\-])--?(?:[a-z0-9]+-)*(?:password|passwd|passphrase|pass|pw)(?:="
        r"|\s+)[\"'“”‘’]?([^\s\"'“”‘’]{4,120})",
        _flag,
        1,
        "pass -pw",
    ),
    rule(
        "password",
        r"\b(?:mysql|mysqldump|mysqladmin|mariadb)\b[^\n|;]{0,120}?\s-p([^\s]{3,80})",
        _flag,
        1,
        "mysql mariadb",
    ),
    rule("password", r"\bsshpass\s+-p\s*[\"']?([^\s\"']{3,80})", _flag, 1, "sshpass"),
    rule(
        "key",
        rf"(?i)(?<![a-z0-9\-])--?(?:[a-z0-9]+-)*(?:token|secret|key|credentials?)(?:="
        rf"|\s+){_QUOTE}([A-Za-z0-9_\-+/=.~:]{{8,}})",
        keyed,
        1,
        "token secret key credential",
    ),
    rule(
        "key",
        rf"{_KEYS}{_IS}{_QUOTE}(?!xox|hf_|AIza|ops_|sk-)([A-Za-z0-9_\-+/=.~:]{{8,}}(?!\.\.))",
        keyed,
        1,
        "secret token key credential login pat access",
    ),
    rule(
        "key",
        rf"(?i)(?<![a-z])(?:{_VENDORS})(?-i:(?![a-z]))[a-z0-9 \t_.\-]{{0,24}}[\s\"'“”‘’]{{0,3}}(?:=>"
        rf"|:{{1,3}}=|\|\|:|\?=|[=:>,])[`\"'“”‘’\s=]{{0,5}}"
        rf"([a-z0-9=_+/\-]{{14,}})(?![\w.\-/]|\.\.)",
        _vendor,
        1,
        "= : > ,",
    ),
    rule("authenticator key", r"(?i)otpauth://[^\s]{4,}|[?&]secret=([A-Z2-7]{12,})", bool, 0, "otpauth secret="),
    rule(
        "key in an address",
        r"[?&](?:[a-z]+[_\-])?(?:token|key|sig|signature|secret|auth)=([A-Za-z0-9_\-+/%=.]{12,})",
        keyed,
        1,
        "token= key= sig= signature= secret= auth=",
    ),
)
