use super::*;

#[test]
fn budget_refuses_and_recovers() {
    let heap = Heap::new(100);
    let vec = heap.vec::<u8>(80).unwrap();
    assert_eq!(heap.used(), 80);
    assert_eq!(heap.vec::<u8>(21).unwrap_err().code(), Code::Nomem);
    drop(vec);
    assert_eq!(heap.used(), 0);
    assert!(heap.vec::<u8>(100).is_ok());
}

#[cfg(feature = "tls")]
#[test]
fn a_thin_value_is_one_word_and_goes_with_it() {
    let heap = Heap::new(1 << 10);
    let shared = Rc::new(());
    let mut thin = Thin::new((shared.clone(), 7), &heap).unwrap();
    thin.1 += 1;
    assert_eq!((thin.1, Rc::strong_count(&shared)), (8, 2));
    assert_eq!(size_of::<Option<Thin<u64>>>(), size_of::<usize>());
    assert!(heap.used() > 0);
    drop(thin);
    assert_eq!((heap.used(), Rc::strong_count(&shared)), (0, 1));
    assert_eq!(Thin::new([0; 2000], &heap).err(), Some(NO_MEMORY));
}

#[test]
fn a_block_that_grows_is_counted_once_and_keeps_its_octets() {
    let heap = Heap::new(100);
    let mut vec = heap.vec::<u8>(60).unwrap();
    vec.extend([7; 60]);
    assert!(vec.try_reserve_exact(41).is_err(), "beyond the budget");
    assert_eq!((heap.used(), &vec[..]), (60, &[7; 60][..]), "and nothing has happened");
    vec.try_reserve_exact(40).unwrap();
    assert_eq!((heap.used(), &vec[..]), (100, &[7; 60][..]));
    drop(vec);
    assert_eq!(heap.used(), 0);
}

unsafe extern "C" fn allocate(_: *mut c_void, size: usize, align: usize) -> *mut c_void {
    // SAFETY: no collection asks for a size of 0.
    unsafe { std::alloc::alloc(Layout::from_size_align(size, align).unwrap()).cast() }
}

unsafe extern "C" fn release(_: *mut c_void, ptr: *mut c_void, size: usize, align: usize) {
    // SAFETY: it comes from `allocate`.
    unsafe { std::alloc::dealloc(ptr.cast(), Layout::from_size_align(size, align).unwrap()) }
}

#[test]
fn a_caller_s_block_that_grows_is_copied() {
    let foreign = Foreign { allocate, release, ctx: core::ptr::null_mut() };
    // SAFETY: the functions are those of the global allocator.
    let heap = unsafe { Heap::with_source(100, Source::Foreign(foreign)) };
    let mut vec = heap.vec::<u8>(40).unwrap();
    vec.extend([7; 40]);
    assert!(vec.try_reserve_exact(21).is_err(), "40 and 61 at a time");
    vec.try_reserve_exact(20).unwrap();
    assert_eq!((heap.used(), &vec[..]), (60, &[7; 40][..]));
    drop(vec);
    assert_eq!(heap.used(), 0);
}

#[test]
fn reserved_memory_is_counted_until_dropped() {
    let heap = Heap::new(100);
    let reserved = heap.reserve(60).unwrap();
    assert_eq!(heap.used(), 60);
    assert_eq!(heap.reserve(41).err().map(|error| error.code()), Some(Code::Nomem));
    assert!(heap.reserve(usize::MAX).is_err());
    assert!(heap.vec::<u8>(41).is_err());
    assert!(heap.vec::<u8>(40).is_ok());
    drop(reserved);
    assert_eq!(heap.used(), 0);
}
