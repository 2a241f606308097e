using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Routing;
using PhoneMasking.ProxyGateway.Sending;

namespace PhoneMasking.ProxyGateway.OptOuts;

/// <summary>Nothing is sent to who opted out: such a text ends here, and its author is told.</summary>
internal static class OptOutGuard
{
    private const string OptedOut = """
        SELECT our_number, number FROM gateway.opt_outs
        WHERE (our_number, number) IN (SELECT * FROM unnest(@ours, @numbers))
        """;

    public static async Task ApplyAsync(
        NpgsqlConnection connection,
        RoutingPlan plan,
        IReadOnlyList<WaitingText> authors,
        string notice,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (plan.Texts.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(OptedOut, connection);
        command.Parameters.AddColumn("ours", NpgsqlDbType.Text, plan.Texts, text => text.FromNumber.Reveal());
        command.Parameters.AddColumn("numbers", NpgsqlDbType.Text, plan.Texts, text => text.ToNumber.Reveal());
        var refused = new HashSet<(string, string)>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                refused.Add((reader.GetString(0), reader.GetString(1)));
            }
        }

        foreach (var text in plan.Texts
            .Where(text => refused.Contains((text.FromNumber.Reveal(), text.ToNumber.Reveal())))
            .ToList())
        {
            plan.Texts.Remove(text);
            if (text.Direction != MessageDirection.Notice && text.Part == 0)
            {
                Refuse(plan, text, authors.First(author => author.Id == text.InboundId), notice, now);
            }
        }
    }

    private static void Refuse(RoutingPlan plan, OutboundMessage text, WaitingText author, string notice, DateTimeOffset now)
    {
        plan.Outcomes.RemoveAll(outcome => outcome.Id == author.Id);
        plan.NotRelayed(author, text.OrganisationId, "opted-out", now, sitter: text.SitterId);
        plan.Notify(author, text.OrganisationId, notice, now, text.SitterId);
    }
}
