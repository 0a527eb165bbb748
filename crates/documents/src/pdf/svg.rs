//! A drawing's lines and areas.

use krilla::geom::{Path, PathBuilder, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::{
    Fill, FillRule, LineCap, LineJoin, LinearGradient, Paint, RadialGradient, SpreadMethod, Stop,
    Stroke, StrokeDash,
};
use krilla::surface::Surface;
use usvg::tiny_skia_path::PathSegment;

use super::color;

/// Draws a group and what is in it.
pub(super) fn draw(surface: &mut Surface<'_>, group: &usvg::Group) {
    let mut pushed = 1;
    surface.push_transform(&transform(group.transform()));
    if let Some((path, rule)) = group.clip_path().and_then(clip) {
        surface.push_clip_path(&path, &rule);
        pushed += 1;
    }
    if group.opacity() != usvg::Opacity::ONE {
        surface.push_opacity(share(group.opacity()));
        pushed += 1;
    }
    for node in group.children() {
        match node {
            usvg::Node::Group(inner) => draw(surface, inner),
            usvg::Node::Path(path) if path.is_visible() => paint(surface, path),
            _ => {}
        }
    }
    for _ in 0..pushed {
        surface.pop();
    }
}

fn paint(surface: &mut Surface<'_>, path: &usvg::Path) {
    let Some(outline) = outline([(path, usvg::Transform::identity())]) else {
        return;
    };
    surface.set_fill(path.fill().and_then(|fill| {
        Some(Fill {
            paint: paint_of(fill.paint())?,
            opacity: share(fill.opacity()),
            rule: rule(fill.rule()),
        })
    }));
    surface.set_stroke(path.stroke().and_then(|stroke| {
        Some(Stroke {
            paint: paint_of(stroke.paint())?,
            width: stroke.width().get(),
            miter_limit: stroke.miterlimit().get(),
            line_cap: match stroke.linecap() {
                usvg::LineCap::Butt => LineCap::Butt,
                usvg::LineCap::Round => LineCap::Round,
                usvg::LineCap::Square => LineCap::Square,
            },
            line_join: match stroke.linejoin() {
                usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => LineJoin::Miter,
                usvg::LineJoin::Round => LineJoin::Round,
                usvg::LineJoin::Bevel => LineJoin::Bevel,
            },
            opacity: share(stroke.opacity()),
            dash: stroke.dasharray().map(|array| StrokeDash {
                array: array.to_vec(),
                offset: stroke.dashoffset(),
            }),
        })
    }));
    if path.fill().is_some() || path.stroke().is_some() {
        surface.draw_path(&outline);
    }
}

/// The area that a clip leaves: all its paths together.
fn clip(clip: &usvg::ClipPath) -> Option<(Path, FillRule)> {
    let mut paths = Vec::new();
    gather(clip.root(), clip.transform(), &mut paths);
    let rule = paths
        .first()
        .and_then(|(path, _)| path.fill())
        .map_or(FillRule::NonZero, |fill| rule(fill.rule()));
    Some((outline(paths)?, rule))
}

fn gather<'a>(
    group: &'a usvg::Group,
    placed: usvg::Transform,
    paths: &mut Vec<(&'a usvg::Path, usvg::Transform)>,
) {
    let placed = placed.pre_concat(group.transform());
    for node in group.children() {
        match node {
            usvg::Node::Group(inner) => gather(inner, placed, paths),
            usvg::Node::Path(path) => paths.push((path.as_ref(), placed)),
            _ => {}
        }
    }
}

fn outline<'a>(paths: impl IntoIterator<Item = (&'a usvg::Path, usvg::Transform)>) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for (path, placed) in paths {
        let path = path.data().clone().transform(placed)?;
        for segment in path.segments() {
            match segment {
                PathSegment::MoveTo(to) => builder.move_to(to.x, to.y),
                PathSegment::LineTo(to) => builder.line_to(to.x, to.y),
                PathSegment::QuadTo(a, to) => builder.quad_to(a.x, a.y, to.x, to.y),
                PathSegment::CubicTo(a, b, to) => {
                    builder.cubic_to(a.x, a.y, b.x, b.y, to.x, to.y);
                }
                PathSegment::Close => builder.close(),
            }
        }
    }
    builder.finish()
}

fn paint_of(paint: &usvg::Paint) -> Option<Paint> {
    match paint {
        usvg::Paint::Color(plain) => Some(color([plain.red, plain.green, plain.blue]).into()),
        usvg::Paint::LinearGradient(gradient) => Some(
            LinearGradient {
                x1: gradient.x1(),
                y1: gradient.y1(),
                x2: gradient.x2(),
                y2: gradient.y2(),
                transform: transform(gradient.transform()),
                spread_method: spread(gradient.spread_method()),
                stops: stops(gradient.stops()),
                anti_alias: false,
            }
            .into(),
        ),
        usvg::Paint::RadialGradient(gradient) => Some(
            RadialGradient {
                fx: gradient.fx(),
                fy: gradient.fy(),
                fr: gradient.fr().get(),
                cx: gradient.cx(),
                cy: gradient.cy(),
                cr: gradient.r().get(),
                transform: transform(gradient.transform()),
                spread_method: spread(gradient.spread_method()),
                stops: stops(gradient.stops()),
                anti_alias: false,
            }
            .into(),
        ),
        usvg::Paint::Pattern(_) => None,
    }
}

fn stops(stops: &[usvg::Stop]) -> Vec<Stop> {
    let stop = |stop: &usvg::Stop| Stop {
        offset: NormalizedF32::new(stop.offset().get()).unwrap_or(NormalizedF32::ZERO),
        color: color([stop.color().red, stop.color().green, stop.color().blue]).into(),
        opacity: share(stop.opacity()),
    };
    stops.iter().map(stop).collect()
}

const fn spread(method: usvg::SpreadMethod) -> SpreadMethod {
    match method {
        usvg::SpreadMethod::Pad => SpreadMethod::Pad,
        usvg::SpreadMethod::Reflect => SpreadMethod::Reflect,
        usvg::SpreadMethod::Repeat => SpreadMethod::Repeat,
    }
}

const fn rule(rule: usvg::FillRule) -> FillRule {
    match rule {
        usvg::FillRule::NonZero => FillRule::NonZero,
        usvg::FillRule::EvenOdd => FillRule::EvenOdd,
    }
}

fn share(opacity: usvg::Opacity) -> NormalizedF32 {
    NormalizedF32::new(opacity.get()).unwrap_or(NormalizedF32::ONE)
}

fn transform(of: usvg::Transform) -> Transform {
    Transform::from_row(of.sx, of.ky, of.kx, of.sy, of.tx, of.ty)
}
