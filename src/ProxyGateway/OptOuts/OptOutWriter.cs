using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Sending;

namespace PhoneMasking.ProxyGateway.OptOuts;

/// <summary>
/// Writes who has opted out. A person's own words and Twilio's refusals may come at the same moment: they take turns at the
/// row of the two numbers, and what is known of the times decides.
/// </summary>
internal static class OptOutWriter
{
    private const string Stop = """
        INSERT INTO gateway.opt_outs (our_number, number, organisation_id, opted_out_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (our_number, number) DO UPDATE SET opted_out_at = excluded.opted_out_at, by_refusal = false
        """;

    // The row stays for a while, or is made: a refusal that is on its way has to find out that it is of before.
    private const string Start = """
        INSERT INTO gateway.opt_outs (our_number, number, organisation_id, opted_in_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (our_number, number) DO UPDATE
        SET opted_in_at = excluded.opted_in_at, opted_out_at = NULL, by_refusal = false
        """;

    // What they have written to the number meanwhile stays.
    private const string StartToAnother = """
        UPDATE gateway.opt_outs SET opted_in_at = $4, opted_out_at = NULL, by_refusal = false
        WHERE our_number = $1 AND number = $2 AND organisation_id = $3 AND by_refusal
        """;

    // A text that was taken to be sent before its receiver opted in says nothing of now. The numbers in the same order as below.
    private const string Refused = """
        INSERT INTO gateway.opt_outs (our_number, number, organisation_id, opted_out_at, by_refusal)
        SELECT DISTINCT ON (from_number COLLATE "C", to_number COLLATE "C")
            from_number, to_number, organisation_id, coalesce(attempted_at, created_at), true
        FROM gateway.outbound text
        WHERE id = ANY(@ids) AND NOT EXISTS (
            SELECT 1 FROM gateway.opt_outs other
            WHERE other.number = text.to_number AND other.organisation_id = text.organisation_id
                AND other.opted_in_at >= coalesce(text.attempted_at, text.created_at))
        ORDER BY from_number COLLATE "C", to_number COLLATE "C", coalesce(attempted_at, created_at) DESC
        ON CONFLICT (our_number, number) DO UPDATE SET opted_out_at = excluded.opted_out_at, by_refusal = true
        WHERE opt_outs.opted_out_at IS NULL AND (opt_outs.opted_in_at IS NULL OR opt_outs.opted_in_at < excluded.opted_out_at)
        RETURNING hashtextextended(our_number || '|' || number, 0)
        """;

    /// <summary>
    /// Writes what people wrote, in their order; the numbers in one order in every transaction, so that two of them cannot wait
    /// for each other in a circle.
    /// </summary>
    public static IEnumerable<NpgsqlBatchCommand> Commands(IEnumerable<OptOutChange> changes) => changes
        .OrderBy(change => change.OurNumber.Reveal(), StringComparer.Ordinal)
        .ThenBy(change => change.Number.Reveal(), StringComparer.Ordinal)
        .Select(change =>
        {
            var command = new NpgsqlBatchCommand(change.OptedOut ? Stop : change.ToAnother ? StartToAnother : Start);
            command.Parameters.AddWithValue(change.OurNumber.Reveal());
            command.Parameters.AddWithValue(change.Number.Reveal());
            command.Parameters.AddWithValue(change.OrganisationId.Value);
            command.Parameters.AddWithValue(change.At);
            return command;
        });

    /// <summary>
    /// Writes that Twilio refused texts because their receivers have opted out, unless these have opted in since the text was taken
    /// to be sent. Returns the conversations of those who were not known to have opted out before.
    /// </summary>
    public static NpgsqlBatchCommand RefusalCommand(IReadOnlyList<SentText> refused)
    {
        var command = new NpgsqlBatchCommand(Refused);
        command.Parameters.AddColumn("ids", NpgsqlDbType.Uuid, refused, text => text.Id.Value);
        return command;
    }
}

/// <summary>A person opted out of texts from a number of ours, or in again.</summary>
/// <param name="OurNumber">The number.</param>
/// <param name="Number">The person's.</param>
/// <param name="OrganisationId">Whose number it is.</param>
/// <param name="OptedOut">Out, or in again.</param>
/// <param name="At">When their text came, in UTC.</param>
/// <param name="ToAnother">They wrote to another number of ours: only a refusal's opt-out is ended by it.</param>
internal sealed record OptOutChange(
    E164Number OurNumber,
    E164Number Number,
    OrganisationId OrganisationId,
    bool OptedOut,
    DateTimeOffset At,
    bool ToAnother = false)
{
    public override string ToString() => $"OptOutChange {OptedOut} at {At:O}";
}
