# The recipes; CI runs the same ones by .ci/run.
.PHONY: test lint score crossval train ci msrv

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

ci:
	.ci/run
