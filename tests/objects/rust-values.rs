// SPDX-License-Identifier: GPL-3.0-or-later
//! Values of all kinds that Rust has, without its library: for debuggers.
#![no_std]
#![no_main]
#![allow(dead_code, unused_variables)]

use core::cell::Cell;
use core::num::NonZeroU32;

#[panic_handler]
fn on_panic(_: &core::panic::PanicInfo) -> ! {
    loop {}
}

extern "C" {
    fn getpid() -> i32;
}

pub struct Point { pub x: i32, pub y: i32 }
pub struct Pair(i32, f64);
pub struct Empty;
pub struct Triple { a: u8, b: Option<(u16, char)>, c: [bool; 2] }
pub struct Wrapper<T> { inner: T, tag: u8 }
pub struct Line<'a> { from: Point, to: Point, name: &'a str }

pub enum Color { Red, Green = 5, Blue }
#[repr(u8)]
pub enum Small { One = 1, Two }
pub enum Shape { Nothing, Circle(f64), Square { side: u32, at: Point }, Two(u8, i64) }
pub enum Single { Only(u32) }
pub enum Nested { Leaf, Inner(Shape) }
pub union Bits { pub int: u32, pub real: f32 }
pub trait Area { fn area(&self) -> f64; }

impl Area for Pair {
    fn area(&self) -> f64 { self.1 }
}

pub static COUNT: u32 = 42;
pub static mut CHANGING: i64 = -7;
pub static NAMES: [&str; 3] = ["one", "two", "three"];
pub const LIMIT: usize = 12;

mod inner {
    pub static HIDDEN: i16 = -3;
    pub struct Deep { pub a: u8, pub b: Option<u16> }
    #[inline(never)]
    pub fn make(a: u8) -> Deep { Deep { a, b: Some(a as u16) } }
}

#[inline(never)]
pub fn add(a: i32, b: i32) -> i32 { a.wrapping_add(b) }

#[inline(never)]
fn stop(line: &Line, shape: &Shape) -> i32 {
    let first = line.from.x;
    let kind = match shape { Shape::Circle(_) => 1, _ => 2 };
    unsafe { getpid().wrapping_mul(0).wrapping_add(first).wrapping_add(kind) }
}

#[no_mangle]
pub extern "C" fn main() -> i32 {
    let yes = true;
    let no = false;
    let letter = 'a';
    let wide = 'é';
    let smile = '😀';
    let newline = '\n';
    let byte: u8 = 65;
    let minus: i8 = -5;
    let half: u16 = 500;
    let number: i32 = -100000;
    let large: u64 = 18446744073709551615;
    let huge: i128 = -5;
    let size: usize = 99;
    let single: f32 = 1.5;
    let real: f64 = -2.25;
    let unit = ();
    let point = Point { x: 1, y: 2 };
    let pair = Pair(3, 4.5);
    let empty = Empty;
    let triple = Triple { a: 1, b: Some((2, 'c')), c: [true, false] };
    let tuple = (1, 'b', 2.5f64);
    let one_tuple = (7u8,);
    let nested_tuple = ((1, 2), (3, 4));
    let array = [1, 2, 3];
    let zeros = [0u16; 20];
    let grid = [[1u8, 2], [3, 4]];
    let bytes = *b"bytes";
    let chars = ['x', 'y'];
    let points = [Point { x: 1, y: 2 }, Point { x: 3, y: 4 }];
    let slice: &[i32] = &array;
    let slice_bytes: &[u8] = &bytes;
    let slice_points: &[Point] = &points;
    let text = "hello, world";
    let empty_text = "";
    let odd_text = "tab\tquote\" é";
    let reference = &point;
    let ref_int = &number;
    let ref_ref = &reference;
    let mut changing = 5;
    let mutable = &mut changing;
    let raw: *const i32 = ref_int;
    let raw_mut: *mut i32 = mutable;
    let null: *const u8 = core::ptr::null();
    let some = Some(5);
    let none: Option<i32> = None;
    let some_ref = Some(&point);
    let none_ref: Option<&Point> = None;
    let some_str = Some("text");
    let some_char = Some('c');
    let some_bool = Some(true);
    let some_some: Option<Option<u8>> = Some(Some(3));
    let some_none: Option<Option<u8>> = Some(None);
    let nonzero = NonZeroU32::new(17);
    let ok: Result<i32, &str> = Ok(3);
    let err: Result<i32, &str> = Err("bad");
    let red = Color::Red;
    let green = Color::Green;
    let blue = Color::Blue;
    let small = Small::Two;
    let nothing = Shape::Nothing;
    let circle = Shape::Circle(1.25);
    let square = Shape::Square { side: 4, at: Point { x: 5, y: 6 } };
    let two = Shape::Two(1, -2);
    let only = Single::Only(9);
    let leaf = Nested::Leaf;
    let in_shape = Nested::Inner(Shape::Two(8, 9));
    let in_nothing = Nested::Inner(Shape::Nothing);
    let bits = Bits { real: 1.0 };
    let wrapped = Wrapper { inner: Some(2u8), tag: 1 };
    let wrapped_str = Wrapper { inner: "inside", tag: 2 };
    let line = Line { from: Point { x: 1, y: 1 }, to: Point { x: 2, y: 2 }, name: "diagonal" };
    let deep = inner::make(4);
    let cell = Cell::new(6);
    let many = "aaaaaaaaaaaaaaaaaaaabcc";
    let none_slice: &[u8] = &[];
    let nothing_array: [u16; 0] = [];
    let never = Shape::Square { side: 0, at: Point { x: 0, y: 0 } };
    let raw_char: *const char = &letter;
    let function: fn(i32, i32) -> i32 = add;
    let closure = |a: i32| add(a, number);
    let object: &dyn Area = &pair;
    let enums = [Shape::Nothing, Shape::Circle(2.0)];
    let options = [Some(1u8), None, Some(3)];
    let range = 1..5;
    let inclusive = 1..=5;
    let ordering = core::cmp::Ordering::Less;
    let a = closure(3);
    let b = object.area();
    unsafe { CHANGING += 1; }
    stop(&line, &circle) + a * 0 + (inner::HIDDEN as i32) * 0
}
