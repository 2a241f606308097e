using System.Diagnostics;
using System.Globalization;
using MassTransit;
using PhoneMasking.ServiceDefaults;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.TinyHost;

/// <summary>A service with the product's own bus, and one message that ends its process, however often it is delivered.</summary>
public static class MortalService
{
    /// <summary>The variable with the folder of <see cref="Ledger"/>: makes of this host such a service.</summary>
    public const string FolderVariable = "TINY_MORTAL";

    /// <summary>Its queue.</summary>
    public const string Queue = "tiny-host.chore";

    /// <summary>The file that holds a line <c>begun 7</c> and a line <c>done 7</c> for each delivery of chore 7.</summary>
    public const string Ledger = "chores.txt";

    /// <summary>Runs until a signal, or until the mortal chore.</summary>
    public static async Task RunAsync(string folder)
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddServiceDefaults();
        builder.Services.AddSingleton(new ChoreLedger(Path.Combine(folder, Ledger)));
        builder.AddServiceBus(bus => bus.AddConsumer<ChoreConsumer, ChoreConsumerDefinition>());
        var app = builder.Build();
        app.MapDefaultEndpoints();
        await app.RunAsync();
    }
}

/// <summary>Work.</summary>
/// <param name="Number">Tells it from the others.</param>
/// <param name="Mortal">Whether it ends the process.</param>
public sealed record Chore(int Number, bool Mortal);

/// <summary>What was begun and done, whole lines even from a process that is killed.</summary>
internal sealed class ChoreLedger(string file)
{
    private readonly Lock _writing = new();

    public void Write(string word, int number)
    {
        lock (_writing)
        {
            File.AppendAllText(file, string.Create(CultureInfo.InvariantCulture, $"{word} {number}\n"));
        }
    }
}

internal sealed class ChoreConsumer(ChoreLedger ledger) : IConsumer<Chore>
{
    // As long as a transaction.
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(20);

    public async Task Consume(ConsumeContext<Chore> context)
    {
        ledger.Write("begun", context.Message.Number);
        if (context.Message.Mortal)
        {
            Process.GetCurrentProcess().Kill();
        }

        await Task.Delay(Work, context.CancellationToken);
        ledger.Write("done", context.Message.Number);
    }
}

internal sealed class ChoreConsumerDefinition() : ServiceConsumerDefinition<ChoreConsumer>(MortalService.Queue, concurrency: 8);
