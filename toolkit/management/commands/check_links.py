from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from toolkit.keeping import links
from toolkit.keeping.due import address
from toolkit.live import live_site


class Command(BaseCommand):
    help = "Asks every address outside the guide that its records name whether it still works, slowly and in turn."

    def add_arguments(self, parser: ArgumentParser) -> None:
        pace = links.Pace()
        parser.add_argument("--minutes", type=float, default=pace.minutes, help="for the whole run; the rest is left")
        parser.add_argument("--delay", type=float, default=pace.delay, help="seconds between two requests")
        parser.add_argument("--host-delay", type=float, default=pace.host_delay, help="the same to one host")
        parser.add_argument("--timeout", type=float, default=pace.timeout, help="seconds for one request")
        parser.add_argument("--strict", action="store_true", help="exit 1 when a link is broken")

    def handle(self, *args: Any, **options: Any) -> None:
        pace = links.Pace(**{name: options[name] for name in ("minutes", "delay", "host_delay", "timeout")})
        site = live_site()
        summary = links.check(site, pace)
        found = summary.found
        self.stdout.write(
            f"{found.total()} asked: {found[links.WORKS]} work, {found[links.BROKEN]} broken, "
            f"{found[links.REFUSED]} refused (look yourself). {summary.left} left for the next run."
        )
        if summary.is_offline:
            self.stdout.write("No address answered: is this machine connected? Nothing was written down.")
        broken = links.broken(site)
        for finding in broken:
            self.stdout.write(f"broken: {finding.link.url}: {finding.link.answer}")
            for use in finding.uses:
                self.stdout.write(f"    {address(use.path)} {use.record}")
        if broken and options["strict"]:
            raise SystemExit(1)
