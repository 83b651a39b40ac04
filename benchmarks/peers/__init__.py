"""The tools that are measured beside this one, each mapped to the labels of the definition."""

from __future__ import annotations

from benchmarks.peers import ours, plain_regex, quantulum, recognizers, spacy_ner
from benchmarks.peers.peer import Peer

__all__ = ["PEERS", "Peer"]

PEERS: dict[str, Peer] = {
    p.key: p for p in (ours.PEER, spacy_ner.PEER, recognizers.PEER, quantulum.PEER, plain_regex.PEER)
}
