"""One function a view: read the cells, weight them, estimate. Pages, exports and the command line all call these."""
