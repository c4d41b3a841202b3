use super::*;

/// A message of `distance` random octets followed by the first few again, so that the only reference has that distance.
fn repeated(distance: usize, symbols: usize) -> Vec<u8> {
    let mut content = Noise::new(distance as u64).content(distance, symbols, 0);
    content.extend_from_within(..200.min(distance));
    content
}

#[test]
fn ws_pmd_08_distances_up_to_the_window_are_accepted_and_no_farther_ones() {
    for bits in 8..=14 {
        // Literals of 8 or 9 bits, and blocks with codes of their own.
        for symbols in [256, 60] {
            for (distance, fits) in [(1 << bits, true), ((1 << bits) + 1, false)] {
                let content = repeated(distance, symbols);
                let payload = deflate(&mut deflater(15, 9), &[&content], 4096);
                assert!(payload.len() < deflate(&mut deflater(15, 9), &[&content[..distance]], 4096).len() + 100);
                let found = inflate(&mut inflater(bits), &[&payload], 333).map_err(|error| error.fault.rule);
                assert_eq!(found, if fits { Ok(content) } else { Err(c"WS-PMD-08") }, "{distance} in {bits}");
            }
        }
    }
}

#[test]
fn ws_pmd_08_distances_reach_into_the_messages_before() {
    for (bits, fits) in [(10, true), (9, false)] {
        let content = repeated(1000, 256);
        let mut deflater = deflater(15, 9);
        let mut inflater = inflater(bits);
        let messages = [&content[..900], &content[900..1000], &content[1000..]];
        let payloads = messages.map(|message| deflate(&mut deflater, &[message], 4096));
        assert_eq!(inflate(&mut inflater, &[&payloads[0]], 4096).as_deref(), Ok(messages[0]));
        assert_eq!(inflate(&mut inflater, &[&payloads[1]], 4096).as_deref(), Ok(messages[1]));
        assert_eq!(inflate(&mut inflater, &[&payloads[2]], 4096).is_ok(), fits);
    }
}

/// Whatever zlib accepts with a full window, the distance check accepts too: damaged payloads of all kinds.
#[test]
fn ws_pmd_08_the_distance_check_agrees_with_zlib() {
    let mut noise = Noise::new(8);
    let (mut taken, mut refused) = (0, 0);
    for round in 0..600 {
        let len = 1 + noise.below(600);
        let content = noise.content(len, 1 + round % 256, round % 40);
        let mut payload = deflate(&mut deflater(15, 1 + (round % 9) as u8), &[&content], 4096);
        let at = noise.below(payload.len());
        payload[at] ^= 1 << noise.below(8);
        let mut plain = inflater(15);
        let mut check = super::super::distance_check::DistanceCheck::new(15);
        let mut out = [0; 70_000];
        match plain.inflate(&payload, &mut out, false) {
            Ok(step) => {
                taken += 1;
                assert_eq!(check.check(&payload[..step.used]), Ok(()), "{round}");
            }
            Err(_) => {
                refused += 1;
                let _ = check.check(&payload);
            }
        }
    }
    assert!(taken > 50 && refused > 50, "{taken} taken, {refused} refused");
}

/// Whether a deflater of `bits` only refers back within a window of `window_bits`, across several messages.
fn stays_within(bits: u8, level: u8, window_bits: u8) -> bool {
    let (mut deflater, mut inflater) = (deflater(bits, level), inflater(bits));
    let mut walker = super::super::distance_check::DistanceCheck::new(window_bits);
    let mut noise = Noise::new(u64::from(level) + 1);
    for round in 0..40 {
        let len = noise.below(3000);
        let mut content = noise.content(len, [2, 20, 256][round % 3], 30);
        content.resize(len + 300 * (round % 2), b'x');
        let (first, rest) = content.split_at(noise.below(content.len() + 1));
        let payload = deflate(&mut deflater, &[first, rest], 16 + noise.below(5000));
        assert_eq!(inflate(&mut inflater, &[&payload], 1000).as_ref(), Ok(&content));
        if walker.check(&payload).and_then(|()| walker.check(&TAIL)).is_err() {
            return false;
        }
    }
    true
}

#[test]
fn ws_ext_12_what_is_compressed_for_8_bits_refers_back_one_octet() {
    for level in 1..=9 {
        assert!(stays_within(8, level, 0), "{level}");
        assert!(stays_within(10, level, 10) && !stays_within(10, level, 8), "{level}: with 10 bits it refers farther");
    }
    let run = deflate(&mut deflater(8, 6), &[&[b'x'; 1000]], 4096);
    assert!(run.len() < 20, "a run is compressed: {}", run.len());
    let text = Noise::new(3).content(1000, 20, 0);
    assert!(deflate(&mut deflater(8, 6), &[&text], 4096).len() < 700, "so are few symbols");
}
