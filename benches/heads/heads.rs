//! Request heads through the Rust interface, beside httparse: `cargo bench --manifest-path benches/Cargo.toml --bench heads`.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use wireway::guard::HeadLimits;
use wireway::http1::head::{Field, FieldSink, Scan, parse_request};

struct Table([Field; 64], usize);

impl FieldSink for Table {
    fn push(&mut self, field: Field) -> bool {
        let Some(slot) = self.0.get_mut(self.1) else { return false };
        *slot = field;
        self.1 += 1;
        true
    }
}

fn request(fields: usize) -> Vec<u8> {
    let mut head = b"GET /articles/2024/some-title?ref=front HTTP/1.1\r\nHost: www.example.test\r\n".to_vec();
    for number in 0..fields {
        head.extend(format!("X-Header-{number}: a value of an ordinary length; q=0.{number}\r\n").bytes());
    }
    head.extend(b"\r\n");
    head
}

fn heads(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("request heads");
    for fields in [0, 8, 30] {
        let input = request(fields);
        group.throughput(Throughput::Bytes(input.len() as u64));
        group.bench_function(BenchmarkId::new("wireway", input.len()), |bencher| {
            let mut table = Table([Field::default(); 64], 0);
            bencher.iter(|| {
                table.1 = 0;
                let head = parse_request(black_box(&input), &mut Scan::FRESH.clone(), &HeadLimits::DEFAULT, &mut table);
                assert!(black_box(head).is_ok_and(|head| head.is_some()));
                black_box(&table);
            });
        });
        group.bench_function(BenchmarkId::new("httparse", input.len()), |bencher| {
            bencher.iter(|| {
                let mut table = [httparse::EMPTY_HEADER; 64];
                let mut request = httparse::Request::new(&mut table);
                assert!(request.parse(black_box(&input)).is_ok_and(|status| status.is_complete()));
                black_box(&request);
            });
        });
    }
    group.finish();
}

criterion_group!(benches, heads);
criterion_main!(benches);
