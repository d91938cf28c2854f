"""The settings file: strict TOML, every key known, every error at once.

Each setting carries its meaning in its `description`; `docs/configuration.md` is made from them.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic.fields import FieldInfo

from gum.errors import ConfigError, nearest
from gum.records import SensitiveCategory

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - known, and allowed with TLS only


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Person(_Section):
    name: str = Field("", description="Your name as it appears on screen; it is read as 'the user'.")
    aliases: tuple[str, ...] = Field((), description="Other names that mean you, such as a login or an address.")
    utc_offset: str = Field(
        "",
        pattern=r"^([+-]\d\d:\d\d)?$",
        description="Your offset from UTC, such as '+01:00'; empty is the computer's.",
    )


class Capture(_Section):
    observers: tuple[str, ...] = Field(("screen", "windows", "activity"), description="Which observers run.")
    heartbeat_s: float = Field(10.0, ge=1, le=600, description="Longest time between frames while you are active.")
    settle_s: float = Field(0.6, ge=0.05, le=10, description="A change is read once it has been still for this long.")
    idle_s: float = Field(120.0, ge=5, description="No frames are taken after this long without input.")
    keep_frames: bool = Field(True, description="Keep the pixels behind what was read.")
    frame_quality: int = Field(60, ge=1, le=100, description="WebP quality of kept frames.")


class Exclude(_Section):
    seeded: bool = Field(
        True,
        description="Also exclude what comes with the program: password managers, private windows, banks, health sites "
        "and video calls; 'gumctl exclude list' shows each.",
    )
    apps: tuple[str, ...] = Field(
        (), description="Applications that are never seen, by window class; upper and lower case are the same."
    )
    titles: tuple[str, ...] = Field(
        (), description="Windows that are never seen, by a regular expression on the title."
    )
    sites: tuple[str, ...] = Field((), description="Sites that are never seen, by host name; subdomains included.")


class Store(_Section):
    disk_budget_mb: int = Field(
        2048,
        ge=50,
        description="Space for all that is kept: the oldest frames go first, then the oldest texts that no proposition "
        "needs.",
    )
    index_on_disk: bool = Field(True, description="Keep the vector index on disk; false keeps it in memory.")
    index_server: str = Field(
        "",
        pattern=r"^(https?://\S+)?$",
        description="Keep the vector index on this Chroma server instead, such as 'http://127.0.0.1:8000'; vectors and "
        "numbers go there, no text. An encrypted home keeps it in memory.",
    )


class Keep(_Section):
    pixels_days: float = Field(30, ge=0, description="Kept frames go after so many days; 0 keeps them.")
    texts_days: float = Field(
        180, ge=0, description="Texts that no proposition rests on go after so many days; 0 keeps them."
    )
    episodes_days: float = Field(
        730, ge=0, description="Episodes that no proposition rests on go after so many days; 0 keeps them."
    )
    propositions_days: float = Field(
        0,
        ge=0,
        description="Propositions without support for so many days go, unless you stated, confirmed or pinned them; "
        "0 keeps them.",
    )
    undo_hours: float = Field(
        24, ge=0, le=24 * 365, description="How long forgetting can be undone; then the bytes are gone."
    )


class Infer(_Section):
    engine: str = Field("statistical", description="The engine that proposes.")
    reader: str = Field("tesseract", description="The reader that turns pixels into text.")
    language: str = Field("eng", description="Languages of the reader, joined by '+'.")
    embedder: str = Field("minilm", description="The embedder for search by meaning.")
    idle_unload_s: float = Field(
        120.0,
        ge=1,
        description="The processes of reader and embedder leave memory after this long without anything to do.",
    )
    episode_gap_s: float = Field(300.0, ge=10, description="A pause longer than this ends an episode.")
    history_days: int = Field(60, ge=1, description="How far back an engine looks for recurrence.")
    allow_sensitive: tuple[SensitiveCategory, ...] = Field(
        (),
        description="Sensitive categories that may be inferred; each is held back unless it is named here, or switched "
        "with `gumctl audit categories`, which outlasts this.",
    )


_Span = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$")]


class Suggest(_Section):
    per_day: int = Field(6, ge=0, description="Most suggestions shown in a day.")
    per_minute: int = Field(1, ge=0, description="Most suggestions shown in a minute.")
    quiet_from: str = Field("22:00", pattern=r"^\d\d:\d\d$", description="Start of the quiet hours, local time.")
    quiet_until: str = Field("07:00", pattern=r"^\d\d:\d\d$", description="End of the quiet hours, local time.")
    calendar_file: str = Field(
        "", description="Your calendar (.ics) into which accepted entries go; empty writes a file for each."
    )
    notifier: str = Field(
        "freedesktop" if sys.platform == "linux" else "desktop",
        description="How suggestions are told on the desktop: 'freedesktop' by D-Bus, the default on Linux, 'desktop' "
        "by the extra [desktop], the default elsewhere; empty tells none.",
    )
    hold_notifications: bool = Field(
        False,
        description="Be the notification server of an X11 session: what matters now is shown at once, the rest when it "
        "disturbs nobody or in the digest. It needs that no other server runs. Without an X11 display nothing pops up: "
        "'gumctl notifications' and the terminal interface list it.",
    )
    snooze_minutes: int = Field(60, ge=1, le=10080, description="How long 'later' puts a suggestion off.")
    digest_at: str = Field(
        "", pattern=r"^(\d\d:\d\d)?$", description="When the daily digest is told, local time; empty tells none."
    )
    focus: list[_Span] = Field(
        default_factory=list, description="Times of day without suggestions, such as '09:00-11:30', local time."
    )
    burn_in_hours: float = Field(
        24.0, ge=0, description="Hours from the first observation on in which it learns and suggests nothing."
    )
    explore: float = Field(
        0.02, ge=0, le=0.1, description="Share of those just below the bar that are shown all the same, to learn."
    )


class Budget(_Section):
    cpu_percent: float = Field(
        3.0,
        ge=0.5,
        le=400,
        description="Percent of one processor core, over minutes, that seeing and reading may take, without a model; "
        "past it frames of the same window come more seldom. A change of window is always seen at once.",
    )
    memory_mb: int = Field(
        400,
        ge=50,
        description="Memory of the daemon with its reader and embedder, without a model; past it what rests leaves "
        "memory at once, and 'gumctl status' says so.",
    )
    spare_battery: bool = Field(
        True, description="On battery frames come half as often, and what is not urgent waits up to half a minute."
    )


class Model(_Section):
    calls_per_hour: int = Field(
        12, ge=1, le=600, description="Most questions to a model in an hour of your activity; what comes more, waits."
    )
    images_per_hour: int = Field(20, ge=0, le=600, description="Most images shown to a model in such an hour.")
    images_per_call: int = Field(
        2, ge=0, le=8, description="Most images in one question; only what text cannot explain is shown."
    )
    on_battery: bool = Field(False, description="Let a model work on battery too; false lets it wait for mains power.")
    keys_per_minute: int = Field(
        120, ge=0, description="A model waits while you type faster than this; 0 lets it never wait."
    )
    gather_s: float = Field(
        900.0, ge=0, description="How much activity is gathered before a model is asked, unless you are idle."
    )
    mirror: str = Field(
        "",
        pattern=r"^(https?://.+)?$",
        description="Another address that serves the paths of huggingface.co; 'gumctl models pull' asks there.",
    )


class Llama(_Section):
    context: int = Field(0, ge=0, le=1 << 20, description="Cells of the model's context; 0 suits the machine.")
    threads: int = Field(0, ge=0, le=512, description="Threads of the model; 0 leaves one core to you.")
    gpu_layers: int = Field(-1, ge=-1, description="Layers that run on a GPU; -1 is as many as the library can.")
    temperature: float = Field(
        0.2, ge=0, le=2, description="How freely the model words things; 0 is the likeliest word."
    )
    seed: int = Field(1, ge=0, lt=1 << 32, description="The same seed gives the same answer to the same question.")
    image_tokens: int = Field(256, ge=16, le=4096, description="Most tokens that one image may cost.")
    timeout_s: float = Field(300.0, ge=1, description="Longest time for one answer; then the model is ended.")
    idle_unload_s: float = Field(300.0, ge=0, description="The model leaves memory after this long without a question.")


class OpenAi(_Section):
    address: str = Field(
        "",
        pattern=r"^(https?://[^@]+)?$",
        description="Address of a server with an OpenAI-compatible API, such as 'http://127.0.0.1:8080/v1'. With "
        "infer.engine = 'openai' what is inferred from is sent there; one on another machine needs 'engines' in "
        "network.allow.",
    )
    model: str = Field("", description="The model to ask the server for; empty takes the first that it names.")
    characters: int = Field(6000, ge=800, le=200_000, description="Most screen text in one question.")
    images: bool = Field(True, description="Show it images where it sees; false never sends one.")
    image_tokens: int = Field(256, ge=16, le=4096, description="Images are made so small that they cost about this.")
    temperature: float = Field(0.2, ge=0, le=2, description="How freely the model words things.")
    seed: int = Field(1, ge=0, lt=1 << 32, description="Sent along; a server may heed it.")
    timeout_s: float = Field(300.0, ge=1, description="Longest time for one answer.")
    tries: int = Field(4, ge=1, le=10, description="How often a question is sent while the server is busy or away.")


class Api(_Section):
    host: str = Field(
        "127.0.0.1",
        min_length=1,
        description="Address to listen on; anything but this machine's own (127.0.0.1, ::1, localhost) needs TLS.",
    )
    port: int = Field(0, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    tls_certificate: str = Field("", description="PEM file of the certificate; with it only TLS is spoken.")
    tls_key: str = Field("", description="PEM file of the certificate's key, without a password.")
    names: tuple[str, ...] = Field(
        (), description="Host names and addresses under which other machines reach it; no other name is answered."
    )
    chat_proxy: bool = Field(
        False,
        description="Offer POST /v1/chat/completions: it adds what matters about you to a chat, and passes it on to "
        "the server of openai.address.",
    )
    origins: tuple[str, ...] = Field(
        (), description="Origins that may ask, for programs that send one; every other is refused."
    )

    @model_validator(mode="after")
    def _only_with_tls(self) -> Self:
        if bool(self.tls_certificate) != bool(self.tls_key):
            raise ValueError("tls_certificate and tls_key are needed together")
        if self.host not in LOOPBACK and not self.tls_certificate:
            raise ValueError(
                f"host {self.host!r} is open to other machines and needs tls_certificate and tls_key; "
                "127.0.0.1 keeps it on this one"
            )
        if self.host in EVERYWHERE and not self.names:
            raise ValueError(f"host {self.host!r} needs names: the host names under which it is to be reached")
        return self


class Network(_Section):
    allow: tuple[Literal["downloads", "engines"], ...] = Field(
        ("downloads",),
        description="What may leave this machine when you ask for it: 'downloads' (models, by 'gumctl models'), "
        "'engines' (an engine at another address). Nothing ever does unasked; an empty list closes both.",
    )


class Config(_Section):
    """All settings, by section."""

    person: Person = Person()
    capture: Capture = Capture()
    exclude: Exclude = Exclude()
    store: Store = Store()
    keep: Keep = Keep()
    infer: Infer = Infer()
    budget: Budget = Budget()
    suggest: Suggest = Suggest()
    model: Model = Model()
    llama: Llama = Llama()
    openai: OpenAi = OpenAi()
    api: Api = Api()
    network: Network = Network()
    observers: dict[str, dict[str, Any]] = Field(
        default_factory=dict, description="Settings of single observers, by name; each observer knows its own keys."
    )


def load(path: Path) -> Config:
    """Read the settings file; a missing file means every default.

    Raises ConfigError that names the file and every wrong key, with the nearest right one.
    """
    if not path.exists():
        return Config()
    try:
        return Config.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from error
    except ValidationError as error:
        raise ConfigError("\n".join(f"{path}: {_sentence(item)}" for item in error.errors())) from error


def fields() -> dict[str, FieldInfo]:
    """Return every setting by its full key, such as 'capture.settle_s'."""
    found: dict[str, FieldInfo] = {}
    for section, info in Config.model_fields.items():
        model = info.annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            found |= {f"{section}.{key}": field for key, field in model.model_fields.items()}
        else:
            found[section] = info
    return found


def _sentence(item: Any) -> str:
    key = ".".join(str(part) for part in item["loc"])
    if item["type"] == "extra_forbidden":
        known = [*fields(), *Config.model_fields]
        return f"There is no setting {key!r}.{nearest(key, known)}"
    if item["type"] == "value_error":
        return f"{key}: {item['ctx']['error']}."
    return f"{key!r} cannot be {item['input']!r}: {item['msg'].lower()}."
