use std::fmt::Write;

use tallyport_documents::{Logo, LogoError, Look, MOST_LOGO_BYTES};

use super::gallery::{SVG, content, rendered};
use super::paper::poppler;

const PNG: &[u8] = include_bytes!("../../../../icons/128x128.png");

fn with(logo: Logo) -> Vec<u8> {
    let look = Look {
        logo: Some(logo),
        ..Look::default()
    };
    rendered(content("EUR"), look).unwrap()
}

#[test]
fn a_png_is_printed_as_a_picture_and_an_svg_as_lines() {
    let pictures = |bytes: &[u8]| {
        let listed = String::from_utf8(poppler("pdfimages", &["-list"], bytes, &[])).unwrap();
        listed
            .lines()
            .skip(2)
            .filter(|line| line.contains("image"))
            .count()
    };
    // A picture with see-through parts is one of colours and one of how much shows.
    assert_eq!(pictures(&with(Logo::read(PNG).unwrap())), 2);
    let drawn = with(Logo::read(SVG).unwrap());
    assert_eq!(pictures(&drawn), 0);
    let plain = rendered(content("EUR"), Look::default()).unwrap();
    assert_ne!(drawn, plain);
}

#[test]
fn what_is_no_logo_is_told_before_anything_is_issued() {
    let says = |bytes: &[u8]| Logo::read(bytes).map(|_| ()).unwrap_err().to_string();
    let large = vec![0; 50 * 1024 * 1024];
    assert_eq!(
        Logo::read(&large),
        Err(LogoError::TooLarge { bytes: large.len() })
    );
    assert!(
        says(&large).starts_with("the logo has 51200 KiB; at most 1024 KiB"),
        "{}",
        says(&large)
    );
    assert_eq!(MOST_LOGO_BYTES, 1024 * 1024);
    for no_image in [
        &b""[..],
        b"%PDF-1.7",
        b"GIF89a",
        b"\xff\xd8\xff\xe0",
        b"<html></html>",
        b"\xff\xfe<\0s\0v\0g\0",
    ] {
        assert_eq!(Logo::read(no_image), Err(LogoError::NoImage));
    }
    assert_eq!(
        Logo::read(&PNG[..PNG.len() / 2]),
        Err(LogoError::DamagedPng)
    );
    assert_eq!(Logo::read(&PNG[..20]), Err(LogoError::DamagedPng));
    let mut vast = PNG.to_vec();
    vast[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    assert_eq!(
        says(&vast),
        "the logo is 30000 by 30000 points; at most 2,000 by 2,000 are needed in print: save it smaller, or as SVG"
    );
}

#[test]
fn an_svg_with_what_has_no_lines_is_refused_with_what_to_do() {
    let svg = |inside: &str| {
        let text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/>{inside}</svg>"
        );
        Logo::read(text.as_bytes()).map(|_| ())
    };
    assert_eq!(svg(""), Ok(()));
    for (inside, element) in [
        ("<text x=\"1\" y=\"8\">Harbour</text>", "text"),
        (
            "<image href=\"file:///etc/passwd\" width=\"9\" height=\"9\"/>",
            "image",
        ),
        ("<filter id=\"f\"/>", "filter"),
        ("<script>alert(1)</script>", "script"),
        ("<foreignObject/>", "foreignObject"),
    ] {
        let Err(LogoError::Unprintable {
            element: named,
            hint,
        }) = svg(inside)
        else {
            panic!("{inside} is let through");
        };
        assert!(named == element && !hint.is_empty());
    }
    for broken in ["<g>", "<path d=\"M0 0\" id=\"a\" id=\"b\"/>"] {
        assert!(
            matches!(svg(broken), Err(LogoError::DamagedSvg(_))),
            "{broken}"
        );
    }
    let nothing = b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>";
    assert_eq!(
        Logo::read(nothing),
        Err(LogoError::DamagedSvg("it draws nothing".to_owned()))
    );
}

#[test]
fn an_svg_made_to_swell_ends_with_an_answer() {
    let mut lol = "<!DOCTYPE svg [<!ENTITY a0 \"lol\">".to_owned();
    for at in 1..12 {
        let inside = format!("&a{};", at - 1).repeat(10);
        write!(lol, "<!ENTITY a{at} \"{inside}\">").unwrap();
    }
    lol.push_str("]><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><desc>&a11;</desc><path d=\"M0 0h9v9z\"/></svg>");
    assert!(matches!(
        Logo::read(lol.as_bytes()),
        Err(LogoError::DamagedSvg(_))
    ));
    let mut nested = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">".to_owned();
    for _ in 0..2_000 {
        nested.push_str("<g>");
    }
    nested.push_str("<path d=\"M0 0h9v9z\"/>");
    for _ in 0..2_000 {
        nested.push_str("</g>");
    }
    nested.push_str("</svg>");
    assert!(Logo::read(nested.as_bytes()).is_err());
}
