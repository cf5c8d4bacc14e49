namespace ScFm.Model.Training;

/// <summary>One process's copy of a model that several train: how gradients and weights of the copies are kept the same. A step calls the members in this order.</summary>
internal interface IReplica : IDisposable
{
    /// <summary>The process whose optimizer has the state of a trained parameter and steps it; null where all do.</summary>
    /// <param name="parameter">The parameter's place among those that are trained.</param>
    int? OwnerOf(int parameter);

    /// <summary>Begins a step: gradients are zero.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="seed">The seed of the run.</param>
    void Begin(int step, int seed);

    /// <summary>Announces the step's last forward and backward pass, whose gradients are final.</summary>
    void ExpectLastPass();

    /// <summary>Sums over the passes of all processes; afterwards the gradients of the parameters that this one steps are sums over all, too.</summary>
    /// <param name="passes">This process's passes.</param>
    StepSums Sum(Func<StepSums> passes);

    /// <summary>Scales the gradients down so that the norm of all together is at most this.</summary>
    void Clip(double norm);

    /// <summary>Ends a step: every copy has the weights that any optimizer has stepped.</summary>
    void End();
}
