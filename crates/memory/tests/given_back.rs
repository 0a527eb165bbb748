//! What large work took is given back, by what the system says of the process.
#![cfg(all(target_os = "linux", target_env = "gnu"))]
#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers too"
)]

use std::hint::black_box;

const THREADS: u64 = 6;
const BLOCKS: usize = 4;
const BLOCK_MIB: u64 = 8;

/// What the process has in memory, in MiB.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap() / 1024
}

fn block() -> Vec<u8> {
    black_box(vec![1; usize::try_from(BLOCK_MIB).unwrap() << 20])
}

/// Large blocks with something small after each, which stays: the blocks lie between what is still in use.
fn work() -> Vec<Box<[u8]>> {
    // The first block that is given back is what glibc would learn from.
    drop(block());
    let pairs = (0..BLOCKS).map(|_| (block(), vec![1; 64].into_boxed_slice()));
    let (large, small): (Vec<_>, Vec<_>) = pairs.unzip();
    drop(black_box(large));
    small
}

#[test]
fn large_blocks_are_given_back_whatever_small_ones_stay() {
    tallyport_memory::give_back();
    let before = resident();
    let threads: Vec<_> = (0..THREADS).map(|_| std::thread::spawn(work)).collect();
    let stay: Vec<_> = threads
        .into_iter()
        .map(|thread| thread.join().unwrap())
        .collect();
    let after = resident();
    black_box(stay);
    assert!(
        after < before + 2 * BLOCK_MIB,
        "{before} MiB before, {after} MiB after"
    );
}
