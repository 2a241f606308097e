using System.Globalization;

namespace PhoneMasking.Simulator.Rest;

/// <summary>Dates as Twilio's 2010 API writes and reads them. Whole seconds, UTC.</summary>
internal static class TwilioDate
{
    private const string Rfc2822 = "ddd, dd MMM yyyy HH:mm:ss +0000";

    private const string Iso8601 = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private static readonly string[] Readable =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:sszzz"];

    /// <summary>For example <c>Thu, 30 Jul 2015 20:12:31 +0000</c>.</summary>
    public static string Write(DateTimeOffset time) =>
        time.UtcDateTime.ToString(Rfc2822, CultureInfo.InvariantCulture);

    /// <summary>As the newer APIs write it, for example <c>2015-07-30T20:12:31Z</c>.</summary>
    public static string WriteIso(DateTimeOffset time) =>
        time.UtcDateTime.ToString(Iso8601, CultureInfo.InvariantCulture);

    /// <summary>Reads a filter: a day, or a time of day in ISO 8601 form.</summary>
    public static bool TryRead(string text, out DateTimeOffset time, out bool isDay)
    {
        isDay = text.Length == "yyyy-MM-dd".Length;
        return DateTimeOffset.TryParseExact(
            text,
            Readable,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time);
    }

    /// <summary>The time without its fraction of a second, which is all that Twilio shows and compares.</summary>
    public static DateTimeOffset ToSecond(DateTimeOffset time) =>
        new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), time.Offset);
}
