using System.Security.Cryptography;

namespace PhoneMasking.Simulator.Airtable;

/// <summary>Ids as Airtable makes them: three letters for what it is, then 14 letters and digits.</summary>
internal static class AirtableId
{
    private const int Length = 14;
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string New(string kind) => kind + RandomNumberGenerator.GetString(Characters, Length);
}
