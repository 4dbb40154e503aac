//! The names of the months.

use crate::metadata::word_table::WordTable;
use std::sync::LazyLock;

/// The month of a name or of an abbreviation in lower case and without its full stop, 1 to 12.
pub(super) fn month(word: &str) -> Option<i8> {
    TABLE.get(word.as_bytes())
}

/// The months by name; of two months with one name the first is meant.
static TABLE: LazyLock<WordTable<i8>> = LazyLock::new(|| {
    let months = (1..).zip(MONTHS);
    let names = months.flat_map(|(month, names)| names.split(' ').map(move |name| (name, month)));
    WordTable::new(names, |first, _| first)
});

/// The names of each month with their cases and abbreviations: English, German, French, Spanish,
/// Italian, Portuguese, Dutch, Danish, Norwegian, Swedish, Finnish, Polish, Czech, Slovak,
/// Hungarian, Romanian, Croatian, Slovene, Turkish, Greek, Russian, Ukrainian, Bulgarian, Arabic,
/// Persian (Gregorian), Hindi, Thai, Indonesian, Vietnamese has numbers only.
///
/// Names that mean different months in two languages (the Czech *listopad* is November, the
/// Croatian October) are given to the language with more pages.
const MONTHS: [&str; 12] = [
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari januar tammikuu \
     tammikuuta stycznia styczeń sty ledna leden januára január január január ianuarie ian \
     siječnja siječanj januarja ocak oca ιανουαρίου ιανουάριος ιαν января январь янв січня січень \
     януари يناير ژانویه जनवरी มกราคม ม.ค januari",
    "february feb februar feber février févr fevrier fev febrero febbraio febb fevereiro februari \
     febr helmikuu helmikuuta lutego luty lut února únor februára február februarie veljače \
     veljača februarja şubat şub φεβρουαρίου φεβρουάριος φεβ февраля февраль фев февр лютого лютий \
     февруари فبراير فوریه फरवरी กุมภาพันธ์ ก.พ pebruari",
    "march mar märz maerz mär mrz mars marzo março marco maart mrt marts maaliskuu maaliskuuta \
     marca marzec března březen márca marec március márc martie ožujka ožujak mart μαρτίου \
     μάρτιος μαρ марта март мар березня березень مارس मार्च มีนาคม มี.ค maret",
    "april apr avril avr abril abr aprile huhtikuu huhtikuuta kwietnia kwiecień kwi dubna duben \
     apríla apríl április ápr aprilie travnja travanj aprila nisan nis απριλίου απρίλιος απρ \
     апреля апрель апр квітня квітень април أبريل ابريل آوریل अप्रैल เมษายน เม.ย",
    "may mai mayo maggio mag maio mei maj toukokuu toukokuuta maja května květen mája máj május \
     máj svibnja svibanj mayıs μαΐου μάιος μαϊ мая май травня травень май مايو مه मई พฤษภาคม พ.ค",
    "june jun juni juin junio giugno giu junho kesäkuu kesäkuuta czerwca czerwiec cze června \
     červen júna jún június iunie iun lipnja lipanj junija haziran haz ιουνίου ιούνιος ιουν июня \
     июнь июн червня червень юни يونيو ژوئن जून มิถุนายน มิ.ย",
    "july jul juli juillet juil julio luglio lug julho heinäkuu heinäkuuta lipca lipiec lip \
     července červenec júla júl július iulie iul srpnja srpanj julija temmuz tem ιουλίου ιούλιος \
     ιουλ июля июль июл липня липень юли يوليو ژوئیه जुलाई กรกฎาคม ก.ค",
    "august aug août aout agosto ago agosto augustus elokuu elokuuta sierpnia sierpień sie srpna \
     srpen augusta augusztus kolovoza kolovoz avgusta avgust ağustos ağu αυγούστου αύγουστος αυγ \
     августа август авг серпня серпень أغسطس اغسطس اوت अगस्त สิงหาคม ส.ค agustus agu",
    "september sep sept septembre septiembre setiembre settembre set sett setembro syyskuu \
     syyskuuta września wrzesień wrz září szeptember szept septembrie rujna rujan septembra eylül \
     eyl σεπτεμβρίου σεπτέμβριος σεπ сентября сентябрь сен сент вересня вересень септември سبتمبر \
     سپتامبر सितंबर सितम्बर กันยายน ก.ย",
    "october oct oktober okt octobre octubre ottobre ott outubro out lokakuu lokakuuta \
     października październik paź října říjen október októbra octombrie oktobra ekim eki \
     οκτωβρίου οκτώβριος οκτ октября октябрь окт жовтня жовтень октомври أكتوبر اكتوبر اکتبر \
     अक्टूबर ตุลาคม ต.ค",
    "november nov novembre noviembre novembro marraskuu marraskuuta listopada listopad lis \
     listopadu novembra noiembrie noi studenoga studenog studeni kasım kas νοεμβρίου νοέμβριος \
     νοε ноября ноябрь ноя листопада листопад ноември نوفمبر نوامبر नवंबर नवम्बर พฤศจิกายน พ.ย \
     nopember",
    "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro desember des \
     joulukuu joulukuuta grudnia grudzień gru prosince prosinec decembra decembrie prosinca \
     prosinac aralık ara δεκεμβρίου δεκέμβριος δεκ декабря декабрь дек грудня грудень декември \
     ديسمبر دسامبر दिसंबर दिसम्बर ธันวาคม ธ.ค",
];

#[cfg(test)]
mod tests {
    use super::month;

    #[test]
    fn months_of_many_languages_are_known() {
        for (name, number) in [
            ("january", 1),
            ("février", 2),
            ("märz", 3),
            ("апреля", 4),
            ("mai", 5),
            ("giugno", 6),
            ("temmuz", 7),
            ("sierpnia", 8),
            ("กันยายน", 9),
            ("octubre", 10),
            ("νοεμβρίου", 11),
            ("joulukuuta", 12),
        ] {
            assert_eq!(month(name), Some(number), "{name}");
        }
        assert_eq!(month("monday"), None);
        assert_eq!(month(""), None);
    }
}
