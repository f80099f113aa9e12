//! The rules of conversion files.

edu_diagnostics::rules! {
    examples "../../rules/" ".xml"

    UNUSED "PG-C01" "conversion-unused" Warning
        summary "The name of a conversion file is that of no reference table."
        message "`{file}` has no effect: its name is that of no reference table"
        help "name the file by the id of the table in lower case without `odf-enumeration.`, such as `rncplevel_conversion.xml`"
        explanation "Which table a conversion file is for is said by its name alone (seed, matching mechanism)."

    DUPLICATE_CODE "PG-C02" "conversion-duplicate-code" Info
        summary "A conversion file gives a Pégase code twice."
        message "`{code}` is given twice; {values}: the last one counts"
        help "remove one of the lines"
        explanation "Several Pégase codes may stand for one Ametys code, but one Pégase code stands for one Ametys code (decision D23)."

    MISSING_CODE "PG-C03" "conversion-missing-code" Info
        summary "An element of a conversion file has no Pégase code or no Ametys code."
        message "an element was passed over: it needs an attribute `code` and a text, directly below the root"
        help "give both codes, or remove the element"
        explanation "The attribute is the Pégase code, the text the Ametys code; the names of the elements are of no interest (decision D23)."
}
