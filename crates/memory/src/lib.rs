//! How the programs ask the system's allocator to give memory back.
//!
//! Invariants: nothing but settings of the allocator, said once at the top of a program. The one room with unsafe
//! code, for the one call that has no safe form.

/// Has what a large piece of work took given back after it. To be called before there are other threads.
///
/// glibc would raise the size from which a block is given back to that of the largest that was, up to 32 MiB, and
/// keep what is smaller in a heap for each thread that there ever was: after four months of a bill, twice what is in
/// use. Other allocators have no such habit; there this does nothing.
pub fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    glibc::give_back();
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod glibc {
    use std::num::NonZero;
    use std::thread::available_parallelism;

    use libc::{M_ARENA_MAX, M_MMAP_THRESHOLD, M_TRIM_THRESHOLD, c_int, mallopt};

    /// Blocks of so many bytes are taken from the system, and given back to it as soon as nobody needs them. The
    /// pages of a Parquet file, a MiB each, are smaller: they come by the hundred, one after the other.
    const GIVEN_BACK_FROM: c_int = 1280 * 1024;
    /// A heap that ends in more free room than this is shortened.
    const ROOM: c_int = 4 * 1024 * 1024;

    pub(super) fn give_back() {
        // As many heaps as threads can run at a time; glibc would have eight times as many.
        let heaps = available_parallelism().map_or(1, NonZero::get).max(2);
        set(M_ARENA_MAX, c_int::try_from(heaps).unwrap_or(c_int::MAX));
        set(M_MMAP_THRESHOLD, GIVEN_BACK_FROM);
        set(M_TRIM_THRESHOLD, ROOM);
    }

    #[expect(
        unsafe_code,
        reason = "the C library has no other way to be told from inside"
    )]
    fn set(setting: c_int, value: c_int) {
        // SAFETY: two numbers go in; glibc stores what it knows and refuses the rest. No other thread runs yet.
        let taken = unsafe { mallopt(setting, value) };
        debug_assert_eq!(taken, 1, "glibc knows the setting");
    }
}
