using System.Text;
using System.Text.Json;

namespace PhoneMasking.Simulator.Airtable;

/// <summary>
/// Understands of Airtable's formulas what is needed to find records: <c>{Field}='text'</c>, AND, OR and NOT, with
/// backslashes in texts and names.
/// </summary>
internal sealed class RecordFilter
{
    private readonly string _text;
    private readonly Table _table;
    private int _at;

    private RecordFilter(string text, Table table)
    {
        _text = text;
        _table = table;
    }

    /// <summary>Reads a formula; null when it is not one, or more than is understood here.</summary>
    public static Func<Record, bool>? Parse(string? formula, Table table)
    {
        if (string.IsNullOrEmpty(formula))
        {
            return _ => true;
        }

        var filter = new RecordFilter(formula, table);
        var condition = filter.Condition();
        return filter._at == formula.Length ? condition : null;
    }

    private Func<Record, bool>? Condition() =>
        Takes("AND(") ? Arguments() is { } all ? record => all.TrueForAll(one => one(record)) : null
        : Takes("OR(") ? Arguments() is { } any ? record => any.Exists(one => one(record)) : null
        : Takes("NOT(") ? Arguments() is [var one] ? record => !one(record) : null
        : Comparison();

    private List<Func<Record, bool>>? Arguments()
    {
        var conditions = new List<Func<Record, bool>>();
        do
        {
            if (Condition() is not { } condition)
            {
                return null;
            }

            conditions.Add(condition);
        }
        while (Takes(","));
        return Takes(")") ? conditions : null;
    }

    private Func<Record, bool>? Comparison() =>
        Takes("{") && Until('}') is { } name && _table.FindField(name) is { } field
        && Takes("=") && Takes("'") && Until('\'') is { } text
            ? record => TextOf(record, field) == text
            : null;

    private static string TextOf(Record record, Field field) =>
        record.Values.GetValueOrDefault(field.Id) is not { } value ? string.Empty
        : value.GetValueKind() == JsonValueKind.String ? (string)value!
        : value.ToJsonString();

    private bool Takes(string word)
    {
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0)
        {
            return false;
        }

        _at += word.Length;
        return true;
    }

    private string? Until(char end)
    {
        var text = new StringBuilder();
        while (_at < _text.Length)
        {
            var character = _text[_at++];
            if (character == end)
            {
                return text.ToString();
            }

            text.Append(character == '\\' && _at < _text.Length ? Unescape(_text[_at++]) : character);
        }

        return null;
    }

    private static char Unescape(char character) => character switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ => character,
    };
}
