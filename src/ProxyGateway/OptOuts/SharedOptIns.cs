using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Routing;

namespace PhoneMasking.ProxyGateway.OptOuts;

/// <summary>
/// A START to one number ends what only Twilio's refusals said of the others: Twilio keeps the opt-outs of a Messaging Service for
/// all of its numbers. Where that is wrong, the next text is refused and told, and the opt-out is there again.
/// </summary>
internal static class SharedOptIns
{
    private const string Refused = """
        SELECT our_number, number, organisation_id FROM gateway.opt_outs
        WHERE number = ANY(@numbers) AND by_refusal AND opted_out_at IS NOT NULL
        """;

    /// <summary>Adds to a plan in which people opt in what that changes for other numbers of their organisation.</summary>
    public static async Task AddAsync(NpgsqlConnection connection, RoutingPlan plan, CancellationToken cancellationToken)
    {
        List<OptOutChange> starts = [.. plan.OptOuts.Where(change => !change.OptedOut)];
        if (starts.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(Refused, connection);
        command.Parameters.AddColumn("numbers", NpgsqlDbType.Text, starts, start => start.Number.Reveal());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (ours, person) = (E164Number.Parse(reader.GetString(0)), E164Number.Parse(reader.GetString(1)));
            var organisation = new OrganisationId(reader.GetGuid(2));

            // What they write to the number itself at the same time says more.
            if (starts.FindLast(start => start.Number == person && start.OrganisationId == organisation) is { } start
                && !plan.OptOuts.Exists(change => change.OurNumber == ours && change.Number == person))
            {
                plan.OptOuts.Add(start with { OurNumber = ours, ToAnother = true });
            }
        }
    }
}
