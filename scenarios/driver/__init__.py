"""The scripted person: plays a scenario on real applications in a private X display and logs what was true.

    with Session(load(path), out) as session:
        session.play()          # session.env has DISPLAY, DBUS_SESSION_BUS_ADDRESS and HOME

On the command line: `python -m scenarios.driver SCENARIO.yaml --out FOLDER`.
"""

from scenarios.driver.session import Session
from scenarios.driver.spec import Scenario, ScenarioError, load

__all__ = ["Scenario", "ScenarioError", "Session", "load"]
