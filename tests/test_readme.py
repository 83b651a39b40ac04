"""The example of the README is what its command prints of the published data, made from the same corpus."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_example_prints_what_it_says(tmp_path):
    (tmp_path / "out").symlink_to(ROOT / "data")
    command, said = re.search(r"```console\n\$ (.*?)\n(.*?)```", README, re.DOTALL).groups()
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == said


def test_the_numbers_of_releases_are_those_of_the_gold_set():
    gold = [path.read_text("utf-8") for path in (ROOT / "gold").glob("*.json")]
    for split in ("dev", "test"):
        told = re.search(rf"\| {split}, (\d+) releases \|", README)[1]
        assert int(told) == sum(f'"split": "{split}"' in text for text in gold)
