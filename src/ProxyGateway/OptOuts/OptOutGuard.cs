using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Routing;

namespace PhoneMasking.ProxyGateway.OptOuts;

/// <summary>Nothing is sent to who opted out: such a text ends here, and its author is told.</summary>
internal static class OptOutGuard
{
    private const string OptedOut = """
        SELECT our_number, number FROM gateway.opt_outs
        WHERE (our_number, number) IN (SELECT * FROM unnest(@ours, @numbers)) AND opted_out_at IS NOT NULL
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

        // The authors' own threads, too: one who has opted out is not even told.
        List<(string Ours, string Number)> threads =
        [
            .. plan.Texts.Select(text => (text.FromNumber.Reveal(), text.ToNumber.Reveal())),
            .. authors.Select(author => (author.To, author.From)),
        ];
        await using var command = new NpgsqlCommand(OptedOut, connection);
        command.Parameters.AddColumn("ours", NpgsqlDbType.Text, threads, thread => thread.Ours);
        command.Parameters.AddColumn("numbers", NpgsqlDbType.Text, threads, thread => thread.Number);
        var refused = new HashSet<(string, string)>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                refused.Add((reader.GetString(0), reader.GetString(1)));
            }
        }

        // Words of these very texts count, too: they are stored together with what is decided here.
        foreach (var change in plan.OptOuts)
        {
            var thread = (change.OurNumber.Reveal(), change.Number.Reveal());
            _ = change.OptedOut ? refused.Add(thread) : refused.Remove(thread);
        }

        foreach (var text in plan.Texts
            .Where(text => refused.Contains((text.FromNumber.Reveal(), text.ToNumber.Reveal())))
            .ToList())
        {
            plan.Texts.Remove(text);
            if (text.Direction != MessageDirection.Notice && text.Part == 0)
            {
                var author = authors.First(author => author.Id == text.InboundId);
                plan.Outcomes.RemoveAll(outcome => outcome.Id == author.Id);
                plan.NotRelayed(author, text.OrganisationId, "opted-out", now, sitter: text.SitterId);
                if (!refused.Contains((author.To, author.From)))
                {
                    plan.Notify(author, text.OrganisationId, notice, now, text.SitterId);
                }
            }
        }
    }
}
