using PhoneMasking.Airtable;

namespace PhoneMasking.SyncService.Airtable;

/// <summary>Puts failures of Airtable into words that tell the owner what to do.</summary>
internal static class RefusalWords
{
    public static string Explain(AirtableApiException failure) => failure.Failure switch
    {
        AirtableFailure.Unauthorized =>
            "Airtable does not know the token in AIRTABLE_API_KEY (401). Make one at https://airtable.com/create/tokens.",
        AirtableFailure.Forbidden =>
            "Airtable does not let the token in AIRTABLE_API_KEY at the base in AIRTABLE_BASE_ID (403). At "
            + "https://airtable.com/create/tokens give it the scopes schema.bases:read and schema.bases:write and add this base to "
            + "its access; whoever made it must be a creator of the base. Or the id is another base's.",
        AirtableFailure.NotFound =>
            "There is no base with the id in AIRTABLE_BASE_ID that the token may see (404). The id is in the base's address.",
        AirtableFailure.QuotaExceeded =>
            "The workspace has used up the calls that its plan at Airtable allows this month. Run this again next month, or with a "
            + "larger plan.",
        AirtableFailure.RateLimited => "Airtable asks to slow down: something else uses this base. Run this again in a minute.",
        AirtableFailure.Invalid => $"Airtable does not take it ({failure.Error}): {failure.Error?.Message}",
        _ => $"{failure.Message}{(failure.IsTransient ? " Nothing is lost: run this again later, it goes on." : "")}",
    };
}
