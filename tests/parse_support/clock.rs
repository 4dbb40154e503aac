//! How long this thread has worked: other work on the machine does not count.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// The time that this thread has had a processor for, where the system tells (Linux does); else the
/// time that has passed.
pub fn worked() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    // The system counts up to when it last looked, which it does when the thread steps aside.
    std::thread::yield_now();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanos.filter(|nanos| *nanos > 0).map_or_else(|| START.elapsed(), Duration::from_nanos)
}
