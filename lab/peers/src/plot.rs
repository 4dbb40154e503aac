//! Accuracy against speed, as an SVG that reads on light and on dark ground.

/// A contender.
pub struct Point {
    pub name: String,
    pub ours: bool,
    /// MB/s.
    pub speed: f64,
    pub f1: f64,
}

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 420.0;
/// Room for the axes on the left and below, and for names on the right.
const LEFT: f64 = 60.0;
const BELOW: f64 = 50.0;
const RIGHT: f64 = 130.0;
const ABOVE: f64 = 20.0;
/// Names nearer to each other than this are moved apart.
const LINE: f64 = 14.0;

/// Draws the plot; speed is on a logarithmic scale.
pub fn svg(points: &[Point], set: &str, sets: usize) -> String {
    let least = |value: fn(&Point) -> f64| points.iter().map(value).fold(f64::MAX, f64::min);
    let most = |value: fn(&Point) -> f64| points.iter().map(value).fold(f64::MIN, f64::max);
    let (slow, fast) = (least(|p| p.speed).log10().floor(), most(|p| p.speed).log10().ceil());
    let step = 0.05;
    let low = (least(|p| p.f1) / step).floor() * step;
    let high = (most(|p| p.f1) / step).ceil() * step;
    let x = |speed: f64| {
        LEFT + (speed.log10() - slow) / (fast - slow).max(1.0) * (WIDTH - LEFT - RIGHT)
    };
    let y =
        |f1: f64| HEIGHT - BELOW - (f1 - low) / (high - low).max(step) * (HEIGHT - BELOW - ABOVE);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         font-family=\"sans-serif\" font-size=\"12\" fill=\"#777\">\n"
    );
    for power in slow as i32..=fast as i32 {
        let at = x(10f64.powi(power));
        let (top, bottom) = (ABOVE, HEIGHT - BELOW);
        out += &format!("<path d=\"M{at:.1} {top}V{bottom}\" stroke=\"#8885\"/>\n");
        let label = 10f64.powi(power);
        out += &format!(
            "<text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{label}</text>\n",
            bottom + 16.0
        );
    }
    for nth in 0..=((high - low) / step).round() as usize {
        let f1 = low + nth as f64 * step;
        let (at, right) = (y(f1), WIDTH - RIGHT);
        out += &format!("<path d=\"M{LEFT} {at:.1}H{right}\" stroke=\"#8885\"/>\n");
        out += &format!(
            "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{f1:.2}</text>\n",
            LEFT - 6.0,
            at + 4.0
        );
    }
    let middle = (LEFT + WIDTH - RIGHT) / 2.0;
    out += &format!(
        "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">MB of HTML by CPU second of one thread ({set}, logarithmic)</text>\n",
        HEIGHT - 12.0
    );
    out += &format!(
        "<text x=\"14\" y=\"{0}\" text-anchor=\"middle\" transform=\"rotate(-90 14 {0})\">mean F1 of {sets} sets</text>\n",
        (ABOVE + HEIGHT - BELOW) / 2.0
    );
    let mut order: Vec<&Point> = points.iter().collect();
    order.sort_by(|a, b| b.f1.total_cmp(&a.f1));
    let mut names: Vec<(f64, f64)> = Vec::new();
    for Point { name, ours, speed, f1 } in order {
        let (x, y) = (x(*speed), y(*f1));
        let mut line = y;
        // A name takes some 130 units.
        while names.iter().any(|(ox, oy)| (ox - x).abs() < 130.0 && (oy - line).abs() < LINE) {
            line += 2.0;
        }
        names.push((x, line));
        let (fill, weight) = if *ours { ("#d33", "bold") } else { ("#58c", "normal") };
        out += &format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"{fill}\"/>\n");
        out += &format!(
            "<text x=\"{:.1}\" y=\"{:.1}\" font-weight=\"{weight}\">{name}</text>\n",
            x + 8.0,
            line + 4.0
        );
    }
    out + "</svg>\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_faster_stands_to_the_right_and_what_is_better_above() {
        let point = |name: &str, speed, f1| Point { name: name.into(), ours: false, speed, f1 };
        let drawing = svg(&[point("slow", 10.0, 0.95), point("fast", 500.0, 0.7)], "aeb", 2);
        let circles: Vec<f64> = drawing
            .lines()
            .filter(|line| line.starts_with("<circle"))
            .flat_map(|line| line.split('"').skip(1).step_by(2).take(2))
            .map(|number| number.parse().unwrap())
            .collect();
        let [slow_x, slow_y, fast_x, fast_y] = circles[..] else { panic!("{drawing}") };
        assert!(slow_x < fast_x && slow_y < fast_y);
    }
}
