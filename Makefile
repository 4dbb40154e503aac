# The recipes; CI runs the same ones by .ci/run.
.PHONY: test lint score crossval train ci msrv bare wasm minimal deny advisories semver miri fuzz hostile compare

test:
	cargo test --release --workspace --all-features

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --all-features -- -D warnings
	RUSTDOCFLAGS='-D warnings' cargo doc --workspace --all-features --no-deps

score:
	cargo run --release -p dehusk-lab -- score

crossval:
	cargo run --release -p dehusk-lab -- crossval

train:
	cargo run --release -p dehusk-lab -- train

# Needs the toolchain of that version: rustup toolchain install 1.88
msrv:
	cargo +1.88 check --all-features

# Without features, and for a target without a clock: rustup target add wasm32-unknown-unknown
bare:
	cargo check --no-default-features

wasm:
	cargo check --no-default-features --target wasm32-unknown-unknown

# The oldest versions that Cargo.toml admits; writes Cargo.lock, so it works on a copy.
minimal:
	rm -rf target/minimal && mkdir -p target/minimal
	git archive HEAD | tar x -C target/minimal
	cd target/minimal && cargo +nightly check --all-features -Z direct-minimal-versions

# cargo install cargo-deny; the advisories are fetched from github.com.
deny:
	cargo deny --workspace check licenses bans sources

advisories:
	cargo deny --workspace check advisories

# Against the last published version: cargo install cargo-semver-checks
semver:
	cargo semver-checks -p dehusk

# Unit tests for an interpreter, without those that reach encoding_rs, whose inline assembly stops it:
# rustup component add --toolchain nightly miri rust-src
miri:
	MIRIFLAGS=-Zmiri-disable-isolation cargo +nightly miri test --all-features --lib -- \
		base_url blocks:: dates dom::

# cargo install cargo-fuzz; a minute a target, TIME=1800 for a long run. `quadratic` measures time, so
# it runs as it is shipped, without the sanitizer, in a folder of its own.
TIME ?= 60
TARGETS ?= extract_bytes markdown_roundtrip html_is_safe decode tokens trees quadratic
fuzz:
	for target in $(TARGETS); do \
		mkdir -p fuzz/corpus/$$target; \
		case $$target in \
			quadratic) as="--sanitizer none --target-dir fuzz/target/plain" ;; \
			*) as="" ;; \
		esac; \
		cargo +nightly fuzz run $$as $$target fuzz/corpus/$$target fuzz/seeds -- -detect_leaks=0 \
			-dict=fuzz/html.dict -max_len=4096 -timeout=120 -max_total_time=$(TIME) || exit 1; \
	done

hostile:
	cargo run --release -p dehusk-lab -- hostile

# dehusk and its peers on the same pages; builds the peers, which takes minutes.
compare:
	cd lab/peers && cargo build --release
	lab/peers/target/release/dehusk-peers compare
	python3 lab/peers.py
	lab/peers/target/release/dehusk-peers table --svg docs/compare.svg

ci:
	.ci/run
