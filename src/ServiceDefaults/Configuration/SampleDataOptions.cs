using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace PhoneMasking.ServiceDefaults.Configuration;

/// <summary>Sitters, clients and numbers to try the product with; for development only.</summary>
public sealed class SampleDataOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "SampleData";

    /// <summary>True adds the samples to an installation that holds nothing else. Default: false.</summary>
    public bool Enabled { get; init; }
}

/// <summary>Adds a service's samples.</summary>
public static class SampleDataRegistration
{
    /// <summary>Runs <typeparamref name="TSamples"/> at start, after the migration, when <c>SampleData:Enabled</c> is true.</summary>
    /// <typeparam name="TSamples">Adds the samples; must be harmless when they are there.</typeparam>
    /// <param name="builder">The service being composed; its database must have been added before.</param>
    /// <exception cref="InvalidOperationException">The setting is neither true nor false; the message names it.</exception>
    public static void AddSampleData<TSamples>(this WebApplicationBuilder builder)
        where TSamples : class, IHostedService
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.Configuration.GetSection(SampleDataOptions.Section).Get<SampleDataOptions>();
        if (options is { Enabled: true })
        {
            builder.Services.AddHostedService<TSamples>();
        }
    }
}
