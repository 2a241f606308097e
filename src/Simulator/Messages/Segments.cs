namespace PhoneMasking.Simulator.Messages;

/// <summary>
/// Counts the segments a text takes on the air. Source: 3GPP TS 23.038 (alphabet), TS 23.040 (joining).
/// </summary>
internal static class Segments
{
    private const int GsmSingle = 160;
    private const int GsmJoined = 153;
    private const int UnicodeSingle = 70;
    private const int UnicodeJoined = 67;

    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
        + "abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Extended = "^{}\\[~]|€\f";

    /// <summary>1 for an empty text; characters of the extension table count twice.</summary>
    public static int Count(string text)
    {
        var units = 0;
        foreach (var character in text)
        {
            if (Basic.Contains(character, StringComparison.Ordinal))
            {
                units++;
            }
            else if (Extended.Contains(character, StringComparison.Ordinal))
            {
                units += 2;
            }
            else
            {
                return Of(text.Length, UnicodeSingle, UnicodeJoined);
            }
        }

        return Of(units, GsmSingle, GsmJoined);
    }

    private static int Of(int units, int single, int joined) =>
        units <= single ? 1 : (units + joined - 1) / joined;
}
