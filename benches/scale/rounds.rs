//! Contenders that take turns in short rounds.

/// The median.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// What each contender costs, by medians of so many rounds; `measure` runs the contender with this number once. The first
/// round is for the caches only.
pub fn medians(contenders: usize, rounds: usize, mut measure: impl FnMut(usize) -> f64) -> Vec<f64> {
    let mut costs = vec![Vec::new(); contenders];
    for round in 0..=rounds {
        for turn in 0..contenders {
            let contender = (round + turn) % contenders;
            let cost = measure(contender);
            if round > 0 {
                costs[contender].push(cost);
            }
        }
    }
    costs.into_iter().map(median).collect()
}
