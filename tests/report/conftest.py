"""One store and one site for all tests of the report."""

import pytest
from tests.report.make import make_site, make_store

from extract.report import Texts


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    return make_store(tmp_path_factory.mktemp("store") / "any name.db")


@pytest.fixture(scope="session")
def site(store, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    make_site(store, folder, Texts.full)
    return folder
