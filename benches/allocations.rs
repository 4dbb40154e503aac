//! How often and how much memory a page asks for: `cargo bench --bench allocations`.
//!
//! The figures are the same on every run: allocations, bytes in all, and the peak, page to text.
//! The pages are those of the bench `throughput`.

#[path = "support/pages.rs"]
mod pages;

use cap::Cap;
use pages::Sample;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use std::hint::black_box;

#[global_allocator]
static MEMORY: Cap<&StatsAlloc<System>> = Cap::new(&INSTRUMENTED_SYSTEM, usize::MAX);

fn main() {
    let samples = pages::load();
    // The model is read once for all pages.
    black_box(dehusk::extract("<p>The ferry runs again."));
    println!(
        "{:<14} {:>9} {:>8} {:>12} {:>9} {:>9}",
        "", "bytes", "allocs", "a kilobyte", "total x", "peak x"
    );
    for Sample { kind, html, .. } in &samples {
        // The peak is counted since the program began. Ballast, never touched, lifts what is held
        // now to the peak so far, so that whatever the page takes shows.
        let ballast = vec![0u8; MEMORY.max_allocated().saturating_sub(MEMORY.allocated())];
        let (held, region) = (MEMORY.allocated(), Region::new(&INSTRUMENTED_SYSTEM));
        black_box(dehusk::extract(black_box(html)));
        let change = region.change();
        let peak = MEMORY.max_allocated().saturating_sub(held);
        drop(black_box(ballast));
        let bytes = html.len() as f64;
        println!(
            "{kind:<14} {bytes:>9} {:>8} {:>12.2} {:>9.2} {:>9.2}",
            change.allocations,
            change.allocations as f64 / bytes * 1024.0,
            change.bytes_allocated as f64 / bytes,
            peak as f64 / bytes,
        );
    }
}
