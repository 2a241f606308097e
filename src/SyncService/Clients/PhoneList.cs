using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.SyncService.Clients;

/// <summary>Reads the phones of a request.</summary>
internal static class PhoneList
{
    private const int MaxPhones = 10;

    /// <summary>Reads one to ten phones; one that is named twice counts once.</summary>
    /// <param name="phones">What was typed.</param>
    /// <param name="region">Reads phones without a country code.</param>
    /// <param name="numbers">The phones in their order.</param>
    /// <returns>The refusal, which names the field, for example <c>phones[1]</c>; none when all could be read.</returns>
    public static Refused? Read(
        IReadOnlyList<string>? phones,
        NumberingRegion region,
        out IReadOnlyList<E164Number> numbers)
    {
        numbers = [];
        if (phones is not { Count: >= 1 and <= MaxPhones })
        {
            return RequestRules.Invalid("invalid-phones", $"Give one to {MaxPhones} phones.", "phones");
        }

        var read = new List<E164Number>();
        foreach (var (index, phone) in phones.Index())
        {
            if (!region.TryRead(phone, out var number))
            {
                return RequestRules.Invalid(
                    "invalid-phone",
                    $"Not a telephone number: expected E.164, or a number as written in {region.Code}.",
                    $"phones[{index}]");
            }

            read.Add(number);
        }

        numbers = [.. read.Distinct()];
        return null;
    }

    /// <summary>The field of a request that a number was read from.</summary>
    public static string FieldOf(IReadOnlyList<string> phones, E164Number number, NumberingRegion region) =>
        $"phones[{phones.Index().First(phone => region.TryRead(phone.Item, out var read) && read == number).Index}]";
}
