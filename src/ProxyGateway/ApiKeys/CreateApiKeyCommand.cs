using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ServiceDefaults;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.ProxyGateway.ApiKeys;

/// <summary>
/// The command <c>create-api-key --name X --scopes a,b [--organisation id]</c>: the way to the first key. Standard output is
/// the key and nothing else.
/// </summary>
internal static class CreateApiKeyCommand
{
    private const string Name = "create-api-key";

    /// <summary>Runs the command, or the service when it was not asked for.</summary>
    public static async Task RunGatewayAsync(this WebApplication app, string[] args)
    {
        if (args is [Name, .. var options])
        {
            await app.RunServiceAsync(["migrate"]);
            Environment.ExitCode = await RunAsync(app.Services, options, Console.Out, Console.Error);
            return;
        }

        await app.RunServiceAsync(args);
    }

    /// <summary>Creates the key that the options describe.</summary>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(IServiceProvider services, string[] options, TextWriter output, TextWriter errors)
    {
        if (!TryRead(options, out var name, out var scopes, out var organisation))
        {
            await errors.WriteLineAsync(
                $"Usage: {Name} --name NAME --scopes SCOPE[,SCOPE…] [--organisation ID]\n"
                + $"Scopes: {string.Join(", ", Scopes.All)}; \"all\" for all of them.");
            return 2;
        }

        if (organisation != OrganisationId.Default && !await ExistsAsync(services, organisation))
        {
            await errors.WriteLineAsync("There is no organisation with this id.");
            return 1;
        }

        var secret = ApiKeySecret.New();
        await services.GetRequiredService<ApiKeyRing>()
            .AddAsync(organisation, name, scopes, secret, KeyOrigin.Command, CancellationToken.None);
        await errors.WriteLineAsync("This key is shown once. Keep it like a password:");
        await output.WriteLineAsync(secret.Reveal());
        return 0;
    }

    // The default organisation is created by the gateway's first start, which may come later.
    private static async Task<bool> ExistsAsync(IServiceProvider services, OrganisationId organisation)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GatewayDbContext>();
        return await db.Organisations.AnyAsync(found => found.Id == organisation);
    }

    private static bool TryRead(string[] options, out string name, out string[] scopes, out OrganisationId organisation)
    {
        (name, scopes, organisation) = (string.Empty, [], OrganisationId.Default);
        if (options.Length % 2 != 0)
        {
            return false;
        }

        foreach (var pair in options.Chunk(2))
        {
            switch (pair)
            {
                case ["--name", var given]:
                    name = given;
                    break;
                case ["--scopes", "all"]:
                    scopes = [.. Scopes.All];
                    break;
                case ["--scopes", var given]:
                    scopes = given.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                    break;
                case ["--organisation", var given] when Guid.TryParse(given, CultureInfo.InvariantCulture, out var id):
                    organisation = new OrganisationId(id);
                    break;
                default:
                    return false;
            }
        }

        return RequestRules.Name(name) is null && scopes.Length > 0 && !scopes.Except(Scopes.All).Any();
    }
}
