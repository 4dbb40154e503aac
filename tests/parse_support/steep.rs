//! Whether twice a page takes more than its share of time.

use std::time::Duration;

/// What each doubling may cost, on average over several: over one alone, a machine whose caches the
/// larger page leaves can take three times as long for twice the work.
const FACTOR: f64 = 2.5;

/// The least times of a page and of it doubled some times, by what `times` gives for both, where the
/// second is out of proportion; one below `short` is not: the clock and the scheduler would decide.
/// Other work on the machine can only make a page seem worse, so the best of some tries counts.
pub fn steep(
    tries: usize,
    doublings: i32,
    short: Duration,
    times: impl Fn() -> (Duration, Duration),
) -> Option<(Duration, Duration)> {
    let (mut least, mut most) = (Duration::MAX, Duration::MAX);
    for _ in 0..tries {
        let (small, large) = times();
        (least, most) = (least.min(small), most.min(large));
        let doubled = most.as_secs_f64() / FACTOR.powi(doublings);
        if most < short || doubled < least.as_secs_f64() {
            return None;
        }
    }
    Some((least, most))
}
