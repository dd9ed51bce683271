//! Code 128 (الباركود الخطي) of a number, for the scanners at the window.

/// Bar and space widths of the symbols 0–105, then the stop symbol.
const WIDTHS: [&str; 107] = [
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312",
    "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132", "221231", "213212",
    "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321", "232121",
    "111323", "131123", "131321", "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331",
    "132131", "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131", "311123",
    "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111", "111224", "111422", "121124",
    "121421", "141122", "141221", "112214", "112412", "122114", "122411", "142112", "142211", "241211", "221114",
    "413111", "241112", "134111", "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112",
    "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
    "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
];
const START_C: usize = 105;
const TO_B: usize = 100;
const STOP: usize = 106;
/// Symbol of the digit 0 in code set B.
const DIGIT_B: usize = 16;

/// An SVG path of the bars, one module wide each unit and `height` units high; with it, the
/// number of modules. `None` if the text is not digits.
pub fn code128(digits: &str, height: u32) -> Option<(String, u32)> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value = |byte: &u8| usize::from(byte.wrapping_sub(b'0'));
    let mut symbols = vec![START_C];
    for pair in digits.as_bytes().chunks(2) {
        match pair {
            [tens, ones] => symbols.push(value(tens) * 10 + value(ones)),
            [last] => symbols.extend([TO_B, DIGIT_B + value(last)]),
            _ => {}
        }
    }
    let check = symbols.iter().enumerate().map(|(at, symbol)| at.max(1) * symbol).sum::<usize>();
    symbols.extend([check % 103, STOP]);

    let mut path = String::new();
    let mut at = 0;
    for symbol in symbols {
        for (index, width) in WIDTHS.get(symbol)?.bytes().enumerate() {
            let width = u32::from(width.wrapping_sub(b'0'));
            if index % 2 == 0 {
                path.push_str(&format!("M{at} 0h{width}v{height}h-{width}z"));
            }
            at += width;
        }
    }
    Some((path, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_is_eleven_modules_wide() {
        for (index, widths) in WIDTHS.iter().enumerate() {
            let sum: u32 = widths.bytes().map(|width| u32::from(width - b'0')).sum();
            assert_eq!(sum, if index == STOP { 13 } else { 11 }, "symbol {index}");
        }
    }

    #[test]
    fn fifteen_digits_take_twelve_symbols() {
        let (_, modules) = code128("101301260001237", 20).unwrap();
        assert_eq!(modules, 11 * 11 + 13);
        assert_eq!(code128("12A", 20), None);
    }
}
