"""Writes that are cut off half way."""

from __future__ import annotations

import resource
from functools import partial

from tests.faults.conftest import Site
from tests.faults.test_killed import PUBLISH, begun


def test_a_write_that_is_cut_off_half_way_leaves_the_edition_before(own_site: Site):
    """A file may not grow over 2,000 bytes: every page fails in the middle of its writing."""
    current = own_site.data / "edition" / "current"
    before = current.read_text()
    small = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (2000, 2000))
    cut = begun(own_site, "-c", PUBLISH, "1", "4000", preexec_fn=small)
    cut.wait(90)
    assert cut.returncode != 0
    assert current.read_text() == before
    own_site.start()
    assert own_site.answers("/en/types/threats/")
    assert "Nothing is wrong." in own_site.manage("doctor").stdout
