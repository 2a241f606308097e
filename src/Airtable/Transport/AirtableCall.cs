namespace PhoneMasking.Airtable.Transport;

/// <summary>A request to Airtable.</summary>
/// <param name="Operation">What it does, in words without personal data.</param>
/// <param name="Base">The base.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Uri">The address.</param>
/// <param name="Body">JSON, if any.</param>
/// <param name="IsRepeatable">Whether doing it twice is the same as doing it once.</param>
internal sealed record AirtableCall(
    string Operation, AirtableBase Base, HttpMethod Method, Uri Uri, byte[]? Body, bool IsRepeatable);
