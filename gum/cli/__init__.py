"""`gumctl`: results on stdout, diagnostics on stderr, `--json` everywhere, exit codes as in `gum.cli.exit_codes`."""

from __future__ import annotations

import click

import gum
from gum.cli.group import LazyGroup, Offered

COMMANDS = {
    "demo": Offered("gum.cli.demo", "Replay a recorded week and show what is believed from it."),
    "init": Offered("gum.cli.init", "Make the data directory, with a settings file to edit."),
    "replay": Offered("gum.cli.replay", "Replay any recording."),
    "run": Offered("gum.cli.daemon", "Observe in the foreground."),
    "start": Offered("gum.cli.daemon", "Start the daemon."),
    "stop": Offered("gum.cli.daemon", "Stop the daemon."),
    "restart": Offered("gum.cli.daemon", "Stop the daemon and start it again."),
    "observe": Offered("gum.cli.observe", "See here, for a daemon on another machine."),
    "service": Offered("gum.cli.service", "Start with your session."),
    "status": Offered("gum.cli.status", "Tell whether it does what it should."),
    "coverage": Offered("gum.cli.coverage", "When it saw, and when not and why."),
    "pause": Offered("gum.cli.pause", "Stop seeing for a while."),
    "resume": Offered("gum.cli.pause", "See again."),
    "tui": Offered("gum.cli.tui", "Review what is believed in the terminal."),
    "portrait": Offered("gum.cli.portrait", "Tell who you are, as far as it is believed."),
    "propositions": Offered("gum.cli.propositions", "What is believed, and your verdicts on it."),
    "questions": Offered("gum.cli.questions", "What it would like to know from you."),
    "conflicts": Offered("gum.cli.conflicts", "What contradicts itself."),
    "calibration": Offered("gum.cli.calibration", "How far the probabilities can be relied on."),
    "suggestions": Offered("gum.cli.suggestions", "What it offers to do."),
    "notifications": Offered("gum.cli.notifications", "Which notifications of other programs matter."),
    "search": Offered("gum.cli.search", "Find what is believed about something."),
    "context": Offered("gum.cli.context", "What an assistant should know about you now."),
    "preferences": Offered("gum.cli.preferences", "What you prefer in a domain, and whether now is the time."),
    "ask": Offered("gum.cli.ask", "Ask a question about yourself."),
    "observations": Offered("gum.cli.observations", "What was seen."),
    "episodes": Offered("gum.cli.episodes", "Stretches of one activity."),
    "audit": Offered("gum.cli.audit", "What was held back as sensitive, and your answer to it."),
    "eval": Offered("gum.cli.eval", "Measure how well it works."),
    "exclude": Offered("gum.cli.exclude", "What is never seen."),
    "ledger": Offered("gum.cli.ledger", "What was kept, hidden, disclosed and removed, in numbers."),
    "forget": Offered("gum.cli.forget", "Forget a time, an application, a text, a person, or everything."),
    "retention": Offered("gum.cli.retention", "How long things are kept, and what was removed."),
    "encrypt": Offered("gum.cli.encryption", "Encrypt what is kept."),
    "decrypt": Offered("gum.cli.encryption", "Make what is kept plain again."),
    "rekey": Offered("gum.cli.encryption", "Encrypt what is kept under a new key."),
    "doctor": Offered("gum.cli.doctor", "Check everything, with the fix for each fault."),
    "config": Offered("gum.cli.config", "The settings in force."),
    "models": Offered("gum.cli.models", "Models on this machine."),
    "export": Offered("gum.cli.transfer", "Write what is kept to a file."),
    "import": Offered("gum.cli.transfer", "Restore an archive, or bring in what another program has kept."),
    "mcp": Offered("gum.cli.mcp", "Answer an assistant over standard input and output."),
    "install": Offered("gum.cli.install", "Let an assistant on this machine ask."),
    "clients": Offered("gum.cli.clients", "Programs with a token of their own."),
    "events": Offered("gum.cli.events", "What happens as it happens."),
    "token": Offered("gum.cli.token", "The token of the local API."),
    "logs": Offered("gum.cli.logs", "The daemon's log."),
}


@click.group(cls=LazyGroup, offered=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(gum.__version__, prog_name="gumctl")
def gumctl() -> None:
    """A model of the person at this computer, made and kept on this computer only."""


def main() -> None:
    """Run `gumctl`; every error of ours is one sentence on stderr."""
    from gum.cli.failing import run

    run(gumctl)
