using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.TestServers;

namespace PhoneMasking.ProxyGateway.Tests;

/// <summary>What holds for the whole gateway.</summary>
[Collection(GatewayGroup.Name)]
public sealed class ConventionTests(GatewayWorld world)
{
    private static readonly Type[] Types = typeof(GatewayDbContext).Assembly.GetTypes();

    [Fact]
    public async Task Model_IsTheMigratedSchema()
    {
        await using var scope = world.Hosts[0].Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GatewayDbContext>();

        Assert.Empty(await SchemaDrift.FindAsync(db, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void EveryConsumer_HasADefinitionOfTheHouse()
    {
        var consumers = Types.Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IConsumer)));

        Assert.All(consumers, consumer => Assert.Contains(
            Types, type => type.IsAssignableTo(typeof(ServiceConsumerDefinition<>).MakeGenericType(consumer))));
    }

    /// <summary>Whatever is published goes through the outbox, so that it is published if and only if it was committed.</summary>
    [Fact]
    public void Nothing_PublishesPastTheOutbox()
    {
        Type[] forbidden = [typeof(IPublishEndpoint), typeof(ISendEndpointProvider), typeof(IBus), typeof(IBusControl)];

        Assert.All(
            Types.SelectMany(type => type.GetConstructors(
                System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)),
            constructor => Assert.DoesNotContain(constructor.GetParameters(), parameter => forbidden.Contains(parameter.ParameterType)));
    }

    [Fact]
    public void Types_AreInternalAndSealed()
    {
        var open = Types.Where(type => type.Namespace?.StartsWith("PhoneMasking", StringComparison.Ordinal) == true
            && type is { IsClass: true, IsAbstract: false, IsSealed: false, IsNested: false });

        Assert.Empty(open);
    }
}
