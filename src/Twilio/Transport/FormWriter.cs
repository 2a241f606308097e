using System.Buffers;
using System.Globalization;
using System.Text;

namespace PhoneMasking.Twilio.Transport;

/// <summary>Writes names and values as <c>application/x-www-form-urlencoded</c>. Absent values are left out.</summary>
internal sealed class FormWriter
{
    private const int UsualBytes = 512;
    private const int LongestOnStack = 512;

    private static readonly SearchValues<byte> Unreserved = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"u8);

    private readonly ArrayBufferWriter<byte> _bytes = new(UsualBytes);

    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    public void Add(string name, string? value)
    {
        if (value is null)
        {
            return;
        }

        if (_bytes.WrittenCount > 0)
        {
            _bytes.Write("&"u8);
        }

        Escape(name);
        _bytes.Write("="u8);
        Escape(value);
    }

    /// <summary>Adds a URL exactly as it was given, fragment included.</summary>
    public void Add(string name, Uri? value) => Add(name, value?.OriginalString);

    public void Add(string name, bool? value) =>
        Add(name, value switch { true => "true", false => "false", null => null });

    public void Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public override string ToString() => Encoding.ASCII.GetString(Written.Span);

    private void Escape(string text)
    {
        var maxBytes = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> utf8 = maxBytes <= LongestOnStack ? stackalloc byte[LongestOnStack] : new byte[maxBytes];
        utf8 = utf8[..Encoding.UTF8.GetBytes(text, utf8)];

        while (!utf8.IsEmpty)
        {
            var plain = utf8.IndexOfAnyExcept(Unreserved);
            if (plain < 0)
            {
                _bytes.Write(utf8);
                return;
            }

            _bytes.Write(utf8[..plain]);
            var escaped = _bytes.GetSpan(3);
            escaped[0] = (byte)'%';
            utf8[plain].TryFormat(escaped[1..], out _, "X2", CultureInfo.InvariantCulture);
            _bytes.Advance(3);
            utf8 = utf8[(plain + 1)..];
        }
    }
}
