#!/usr/bin/env python3
"""Runs Python peers over labelled pages: their answers and their speed.

    python3 lab/peers.py [--corpus DIR] [--set SET ...] [--peer NAME ...] [--rounds N] [--out DIR]

Makes a virtual environment in OUT/venv (target/peers by default) and installs the peers there
(magic-html needs Python 3.12). For each peer and set it writes OUT/PEER.Python.SET.jsonl, lines of
{"id", "text"}, and a row of OUT/results.json: pages, bytes, and the CPU seconds of one thread, of
each page the least of all rounds, with the pages loaded beforehand and decoded for those that take
text. `dehusk-peers compare` (lab/peers) writes its rows into the same file, for dehusk and the Rust
peers, and `dehusk-peers table` makes the table and the plot of all of them.
"""
import argparse
import glob
import gzip
import importlib.metadata
import json
import os
import subprocess
import sys
import time

PACKAGES = {
    "resiliparse": ["resiliparse"],
    "trafilatura": ["trafilatura"],
    "readability-lxml": ["readability-lxml", "lxml_html_clean"],
    "jusText": ["justext", "lxml_html_clean"],
    "magic-html": ["magic-html", "lxml_html_clean"],
}
# Elements that end a line, for peers that answer in HTML.
BLOCKS = "p div h1 h2 h3 h4 h5 h6 li tr td th br pre blockquote section article figcaption dd dt"


def text_of(html):
    """The text of HTML, with the words of neighbouring blocks apart."""
    import lxml.html

    tree = lxml.html.fromstring(html)
    for element in tree.iter(*BLOCKS.split()):
        element.tail = "\n" + (element.tail or "")
    return tree.text_content()


def extractor(peer):
    """The peer's way from a page (bytes and text) to plain text, with its defaults for articles."""
    if peer == "resiliparse":
        from resiliparse.extract.html2text import extract_plain_text

        return lambda raw, text: extract_plain_text(text, main_content=True)
    if peer == "trafilatura":
        import trafilatura

        return lambda raw, text: trafilatura.extract(raw)
    if peer == "readability-lxml":
        from readability import Document

        return lambda raw, text: text_of(Document(text).summary())
    if peer == "magic-html":
        from magic_html import GeneralExtractor

        general = GeneralExtractor()
        address = "https://example.org/"
        return lambda raw, text: text_of(general.extract(text, base_url=address)["html"])
    import justext

    stoplist = justext.get_stoplist("English")
    kept = lambda raw: (p.text for p in justext.justext(raw, stoplist) if not p.is_boilerplate)
    return lambda raw, text: "\n\n".join(kept(raw))


def pages(corpus, name):
    for path in sorted(glob.glob(os.path.join(corpus, name, "pages", "*.html.gz"))):
        with gzip.open(path) as page:
            raw = page.read()
        yield os.path.basename(path)[: -len(".html.gz")], raw, raw.decode("utf-8", "replace")


def read_set(peer, extract, loaded, rounds):
    """The answers, the least CPU seconds of each page, and the pages on which the peer failed."""
    best, answers, failed = {}, {}, []
    for turn in range(rounds):
        for ident, raw, text in loaded:
            start = time.thread_time()
            try:
                answer = extract(raw, text) or ""
            except Exception as error:  # a peer that fails on a page has no answer for it
                answer = ""
                if turn == 0:
                    failed.append(ident)
                    print(f"{peer} {ident}: {error!r}"[:200], file=sys.stderr)
            spent = time.thread_time() - start
            best[ident] = min(best.get(ident, spent), spent)
            answers[ident] = answer
    return answers, sum(best.values()), failed


def merge(out, rows):
    """Puts rows in the place of those of the same peer and set."""
    path = os.path.join(out, "results.json")
    known = []
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            known = json.load(file)
    key = lambda row: (row["peer"], row["language"], row["set"])
    new = {key(row) for row in rows}
    with open(path, "w", encoding="utf-8") as file:
        json.dump([row for row in known if key(row) not in new] + rows, file, indent=2)


def run(args):
    for name in args.set:
        loaded = list(pages(args.corpus, name))
        size = sum(len(raw) for _, raw, _ in loaded)
        for peer in args.peer or PACKAGES:
            answers, spent, failed = read_set(peer, extractor(peer), loaded, args.rounds)
            path = os.path.join(args.out, f"{peer}.Python.{name}.jsonl")
            with open(path, "w", encoding="utf-8") as out:
                for ident, answer in answers.items():
                    # Half of a surrogate pair is no text.
                    answer = answer.encode("utf-8", "replace").decode("utf-8")
                    out.write(json.dumps({"id": ident, "text": answer}) + "\n")
            version = importlib.metadata.version(PACKAGES[peer][0])
            row = dict(peer=peer, version=version, language="Python", set=name)
            row |= dict(pages=len(loaded), bytes=size, cpu_seconds=round(spent, 4), failed=failed)
            merge(args.out, [row])
            print(f"{peer:16} {version:10} {name:14} {size / spent / 1e6:8.1f} MB/s", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--corpus", default="../shared/corpus")
    parser.add_argument("--set", action="append", default=None)
    parser.add_argument("--peer", action="append", choices=PACKAGES)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", default="target/peers")
    args = parser.parse_args()
    args.set = args.set or ["aeb", "news", "wcxb"]
    os.makedirs(args.out, exist_ok=True)
    venv = os.path.join(args.out, "venv")
    python = os.path.join(venv, "bin", "python")
    if not os.path.abspath(sys.prefix) == os.path.abspath(venv):
        if not os.path.exists(python):
            subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        for peer in args.peer or PACKAGES:
            # The peers ask for one extra of lxml under two names, which pip's own resolver refuses.
            pip = [python, "-m", "pip", "install", "--quiet", "--use-deprecated=legacy-resolver"]
            subprocess.run([*pip, *PACKAGES[peer]], check=True)
        sys.exit(subprocess.run([python, *sys.argv]).returncode)
    run(args)


if __name__ == "__main__":
    main()
