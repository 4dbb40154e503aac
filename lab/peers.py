#!/usr/bin/env python3
"""Runs Python peers over labelled pages: their answers and their speed.

    python3 lab/peers.py [--corpus DIR] [--set SET ...] [--peer NAME ...] [--rounds N] [--out DIR]

Makes a virtual environment in OUT/venv (target/peers by default) and installs the peers there. For
each peer and set it writes OUT/PEER.SET.jsonl, lines of {"id", "text"} that `dehusk-lab score SET
--predictions FILE` scores, and all timings to OUT/speed.json: pages, bytes, and the CPU seconds of
one thread, the least of all rounds, with the pages loaded and decoded beforehand for those that
take text. To compare, run `dehusk-lab bench` on the same set on the same machine.
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
    "readability": ["readability-lxml", "lxml_html_clean"],
    "justext": ["justext", "lxml_html_clean"],
}


def extractor(peer):
    """The peer's way from a page (bytes and text) to plain text, with its defaults for articles."""
    if peer == "resiliparse":
        from resiliparse.extract.html2text import extract_plain_text

        return lambda raw, text: extract_plain_text(text, main_content=True)
    if peer == "trafilatura":
        import trafilatura

        return lambda raw, text: trafilatura.extract(raw)
    if peer == "readability":
        import lxml.html
        from readability import Document

        return lambda raw, text: lxml.html.fromstring(Document(text).summary()).text_content()
    import justext

    stoplist = justext.get_stoplist("English")
    kept = lambda raw: (p.text for p in justext.justext(raw, stoplist) if not p.is_boilerplate)
    return lambda raw, text: "\n\n".join(kept(raw))


def pages(corpus, name):
    for path in sorted(glob.glob(os.path.join(corpus, name, "pages", "*.html.gz"))):
        with gzip.open(path) as page:
            raw = page.read()
        yield os.path.basename(path)[: -len(".html.gz")], raw, raw.decode("utf-8", "replace")


def run(args):
    speed = []
    for peer in args.peer or PACKAGES:
        extract = extractor(peer)
        for name in args.set:
            loaded = list(pages(args.corpus, name))
            best, answers = None, []
            for _ in range(args.rounds):
                answers = []
                start = time.thread_time()
                for ident, raw, text in loaded:
                    try:
                        answer = extract(raw, text) or ""
                    except Exception as error:  # a peer that fails on a page has no answer for it
                        print(f"{peer} {name} {ident}: {error!r}", file=sys.stderr)
                        answer = ""
                    answers.append((ident, answer))
                spent = time.thread_time() - start
                best = spent if best is None else min(best, spent)
            with open(os.path.join(args.out, f"{peer}.{name}.jsonl"), "w", encoding="utf-8") as out:
                for ident, answer in answers:
                    out.write(json.dumps({"id": ident, "text": answer}) + "\n")
            size = sum(len(raw) for _, raw, _ in loaded)
            version = importlib.metadata.version(PACKAGES[peer][0])
            row = dict(peer=peer, version=version, set=name, pages=len(loaded), bytes=size)
            speed.append(row | dict(cpu_seconds=round(best, 4)))
            print(f"{peer:12} {version:10} {name:14} {size / best / 1e6:8.1f} MB/s", flush=True)
    with open(os.path.join(args.out, "speed.json"), "w", encoding="utf-8") as out:
        json.dump(speed, out, indent=1)


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
        wanted = sorted({name for peer in args.peer or PACKAGES for name in PACKAGES[peer]})
        if not os.path.exists(python):
            subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True)
        sys.exit(subprocess.run([python, *sys.argv]).returncode)
    run(args)


if __name__ == "__main__":
    main()
