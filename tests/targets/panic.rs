//! A program whose panic is caught, as those in the functions of the library are: 0 if it was. `musl.sh` links it as C programs are.

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let caught = std::panic::catch_unwind(|| panic!("to be caught"));
    i32::from(caught.is_ok())
}
