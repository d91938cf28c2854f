"""Each kind of secret is known in the forms in which screens show it; what resembles it is left."""

from __future__ import annotations

import pytest

from gum.perceive.redaction import redact

PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Passwort: Nordlicht7 gilt ab heute", "Nordlicht7"),
        ("mot de passe : BateauBleu9", "BateauBleu9"),
        ("contraseña: faroViejo3", "faroViejo3"),
        ("密码: wanshang88", "wanshang88"),
        ("mysqldump -u nora -ptrawler77 kelp", "trawler77"),
        ("tool --api-token 8fK2m9Qx4LpZ7vTd", "8fK2m9Qx4LpZ7vTd"),
        ("Password\nnord9Licht!x", "nord9Licht"),
        ("Your verification code is 482 913", "482 913"),
        ("G-482913 is your Google verification code", "482913"),
        ("Ihr Bestätigungscode lautet 771204", "771204"),
        ("PIN: 4471", "4471"),
        ("pay with 5500 0055 5555 5559 today", "0055 5555"),
        ("pay with 55OO 0055 5555 5559 today", "0055 5555"),
        ("Visa 4111 1111 1111 1112, misread", "1111 1111"),
        ("DE89 3704 0044 0532 0130 00", "0532 0130"),
        ("DE89 37O4 0044 O532 0130 00", "0532"),
        ("SSN 054-28-6917", "28-6917"),
        ("AHV 756.9217.0769.85", "9217.0769"),
        ("CPF 390.533.447-05", "533.447"),
        ("Steuer-ID: 36574261809", "36574261809"),
        ("Passport No: C01X00T47", "C01X00T47"),
        ("Aadhaar 2345 6789 0124", "6789 0124"),
        ("BitLocker 471207-278498-422125-177177-561902-537405-468006-693451", "422125"),
        ("otpauth://totp/kelp:nora?secret=JBSWY3DPEHPK3PXP&issuer=kelp", "JBSWY3DPEHPK3PXP"),
        ("logged in from 86.121.97.248 at noon", "86.121"),
        (f"write it down: {PHRASE}", "sausage"),
        ("Secret phrase\n1. legal 2. winner 3. thank 4. year 5. wave", "winner"),
        ("Recovery codes\n4k9d-22fx-8x1m\nab12-99ce-77aa\nKeep them safe", "22fx-8x1m"),
    ],
)
def test_a_secret_is_hidden(text: str, hidden: str) -> None:
    result = redact(text)
    assert result.kinds
    assert hidden not in result.text


@pytest.mark.parametrize(
    "text",
    [
        "the error code is 404 and the door code is lost",
        "Python 3.11.7, Tesseract 5.5.4.1, build 10.0.19045.3803",
        "server at 192.168.0.12, gateway 10.0.0.1",
        "the year 2026, page 4471, order 1000456",
        "the winner of the year can thank a friend and wave",
        "passport photos are taken on Thursdays",
        "call getCustomerName then setInvoiceTotal",
        "the password manager asks for a new password each year",
        "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQx7n4Tz9\n-----END CERTIFICATE-----",
        "see figure 12 - 4 of report 2026-03-02",
        "export TOKEN=your_token_here",
        "api_key = sk_test_xxxxxxxxxxxxxxxxxxxxxxxx",
    ],
)
def test_what_resembles_one_is_left(text: str) -> None:
    assert redact(text).text == text
