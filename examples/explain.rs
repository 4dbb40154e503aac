//! Prints why each block of a page was kept or dropped: `cargo run --example explain`

use dehusk::Extractor;

fn main() -> Result<(), dehusk::Error> {
    let html = "<div class=menu><a href=/a>News</a> <a href=/b>Sport</a></div>\
        <div class=story><h1>Rain at last</h1><p>After forty dry days it rained on Sunday night, \
        and the reservoir above the village rose by a hand's breadth.</p></div>";
    let page = Extractor::new().with_signals(2).extract(html)?;
    for block in page.blocks() {
        let verdict = if block.kept() { "kept" } else { "dropped" };
        println!("{verdict} at {:.2}: {}", block.score(), block.text());
        for signal in block.signals() {
            println!(
                "    {} = {:.2} moved the log-odds by {:+.2}",
                signal.name, signal.value, signal.effect
            );
        }
    }
    Ok(())
}
