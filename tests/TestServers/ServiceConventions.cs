using System.Reflection;
using MassTransit;

namespace PhoneMasking.TestServers;

/// <summary>Conventions of a service that no analyzer can see.</summary>
public static class ServiceConventions
{
    private static readonly Type[] Publishers =
        [typeof(IBus), typeof(IPublishEndpoint), typeof(ISendEndpointProvider), typeof(IBusControl)];

    /// <summary>
    /// Finds consumers without a definition (which names the queue, the concurrency and the retries), and classes that could
    /// publish past the outbox.
    /// </summary>
    /// <param name="service">The service's assembly.</param>
    /// <returns>One sentence for each breach; empty when there is none.</returns>
    public static IReadOnlyList<string> FindBreaches(Assembly service)
    {
        ArgumentNullException.ThrowIfNull(service);
        var classes = service.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false }).ToArray();
        var defined = classes
            .SelectMany(type => type.GetInterfaces())
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IConsumerDefinition<>))
            .Select(type => type.GetGenericArguments()[0])
            .ToHashSet();

        return
        [
            .. classes
                .Where(type => type.IsAssignableTo(typeof(IConsumer)) && !defined.Contains(type))
                .Select(type => $"{type.Name} has no definition."),
            .. classes
                .Where(type => type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                    .SelectMany(constructor => constructor.GetParameters())
                    .Any(parameter => Publishers.Contains(parameter.ParameterType)))
                .Select(type => $"{type.Name} can publish past the outbox."),
        ];
    }
}
